/** What the program's page says, in Brazilian Portuguese. */
import type { Texts } from "../notice.ts";
import type { PageLabel, TokenRefusal } from "../notices/page.ts";
import type { Mode, Stage } from "../../health/status.ts";

export const page = {
  "page-title": ({ stage }) => TITLES[stage],
  "page-lead": ({ stage }) => LEADS[stage],
  "page-running": ({ since, length, mode }) => `No ar desde ${since} (${length})${MODES[mode]}.`,
  "page-label": ({ label }) => LABELS[label],
  "page-token-refused": ({ refusal }) => TOKEN_REFUSALS[refusal],
  "page-state": ({ state }) =>
    ({ good: "Certo", warning: "Atenção", bad: "Falta", unknown: "Ainda não se sabe" })[state],
} satisfies Partial<Texts>;

const TITLES: Record<Stage, string> = {
  open: "O atendimento está aberto",
  starting: "O atendimento está iniciando",
  setup: "Vamos montar o seu atendimento",
  trouble: "O atendimento precisa de você",
  preview: "Isto é uma prévia",
};

const LEADS: Record<Stage, string> = {
  open: "Os clientes podem escrever, e a equipe pode responder.",
  starting: "Leva só um momento. Olhe de novo em alguns segundos.",
  setup: "Falta pouco. O atendimento abre sozinho quando tudo estiver pronto.",
  trouble: "O que for escrito enquanto isso espera, e segue quando tudo estiver consertado.",
  preview: "Aqui nada é enviado e nada é recebido.",
};

const MODES: Record<Mode, string> = {
  webhook: ", por webhook",
  polling: ", por long polling",
  playground: ", como playground",
  setup: "",
};

const LABELS: Record<PageLabel, string> = {
  "to do": "O que fazer",
  "checklist": "Lista de verificação",
  "claim": "Assuma o atendimento",
  "claim why":
    "Quem abrir este link no Telegram vira o dono do atendimento, e vê ali os próximos passos. " +
    "Não passe o link adiante.",
  "claim button": "Abrir no Telegram",
  "claim scan": "Ou escaneie com o celular.",
  "claim picture": "QR code do link",
  "claim elsewhere":
    "O link para assumir o atendimento está no log do programa. Também está ali, em “page with all " +
    "details”, o endereço desta página com o código: aberta por ele, ela também mostra o link.",
  "token": "Cole o token do seu bot",
  "token why":
    "Peça um bot ao @BotFather com /newbot. A resposta dele traz o token do bot: copie e cole aqui. " +
    "Ele fica nesta máquina, no arquivo .env.",
  "token field": "Token",
  "token button": "Iniciar o bot",
  "numbers": "Mensagens",
  "waiting": "Esperando",
  "oldest": "Espera mais longa",
  "failed": "Sem entrega",
  "wrong code": "Este código não está certo.",
  "too many codes":
    "Chegaram muitos códigos errados de onde você está. O certo está no log do programa.",
  "look again": "Olhar de novo",
};

const TOKEN_REFUSALS: Record<TokenRefusal, string> = {
  "malformed":
    "Isso não era o token de um bot: ele tem a forma 123456:ABC-DEF… Copie-o da mensagem " +
    "do @BotFather.",
  "unknown": "O Telegram não conhece esse token: copie-o mais uma vez da mensagem do @BotFather.",
  "unanswered":
    "O Telegram não respondeu, e o token não pôde ser verificado: verifique a rede e cole " +
    "o token de novo.",
  "not kept":
    "O Telegram conhece o token, mas não é possível escrevê-lo no .env: escreva-o lá você " +
    "mesmo, como BOT_TOKEN=…, e inicie o programa de novo.",
  "form used": "Este formulário já foi enviado ou ficou aberto tempo demais: cole o token de novo.",
};
