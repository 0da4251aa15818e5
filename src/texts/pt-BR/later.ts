/** What is said of what is done later, in Brazilian Portuguese. */
import type { WhenProblem } from "../../later/when.ts";
import type { Texts } from "../notice.ts";

export const later = {
  "button-later": () => "💤 Depois",
  "quick-when": ({ when }) =>
    ({ "1h": "1 h", "3h": "3 h", tomorrow: "Amanhã 9:00", monday: "Segunda 9:00" })[when],
  "which-later": () =>
    "Adiar até quando? A conversa volta nessa hora, ou assim que o cliente escrever. " +
    "Outra hora: /depois 18:00",
  "did-later": ({ at }) =>
    `🕘 Isto vai para o cliente em ${at}. Edite a sua mensagem para mudar o que é enviado, ou quando.`,
  "did-cancel-later": ({ by }) => `🗑 ${by} cancelou isto: não será enviado.`,
  "did-send-now": ({ by }) => `🕘 ${by} fez disto uma resposta: ela vai agora.`,
  "did-call-off": ({ count }) =>
    count === 1
      ? "🗑 Uma resposta que seria enviada depois foi cancelada."
      : `🗑 ${count} respostas que seriam enviadas depois foram canceladas.`,
  "later-over": () => "Isto já foi enviado, ou cancelado.",
  "later-how": () =>
    "Diga quando, e o que enviar: /depois 18:00 Seu pão está pronto. Sem texto, a conversa é " +
    `adiada até essa hora; /depois - a traz de volta. ${EXAMPLES}`,
  "later-unclear": ({ isKept }) => `Não entendi quando é isso. ${EXAMPLES}${kept(isKept)}`,
  "later-problem": ({ problem, isKept }) => `${PROBLEMS[problem]}${kept(isKept)}`,
  "later-note": ({ mark, isKept }) =>
    `Nada é enviado: o que começa com “${mark}” fica na equipe, também depois.${kept(isKept)}`,
  "later-again": () => "⚠️ Nada disto é enviado: mande outra vez, com a hora.",
  "later-full": ({ most }) => `${most} respostas já esperam nesta conversa: não cabem outras.`,
  "not-put-off-here": ({ status }) =>
    status === "banned"
      ? "ℹ️ Este cliente está banido: nada é feito aqui depois."
      : "ℹ️ Este atendimento está encerrado: não há o que adiar.",
  "not-put-off": () => "ℹ️ Esta conversa não está adiada.",
  "did-put-off": ({ by, until }) => `💤 ${by} adiou a conversa até ${until}.`,
  "did-bring-back": (notice) => {
    const { putOffBy } = notice;
    if (notice.because === "hand") {
      return `⏰ ${notice.by} trouxe a conversa de volta: ${putOffBy} a tinha adiado.`;
    }
    if (notice.because === "time") return `⏰ A conversa voltou: ${putOffBy} a adiou até agora.`;
    return `⏰ A conversa voltou, porque o cliente escreveu: ${putOffBy} a tinha adiado.`;
  },
  "who-later": ({ putOff, answers, more }) =>
    [
      ...(putOff ? [`💤 Adiada até ${putOff.until}, por ${putOff.by}`] : []),
      ...answers.map(({ at, by }) => `🕘 A enviar em ${at}, por ${by}`),
      ...(more > 0 ? [`… e mais ${more}`] : []),
    ].join("\n"),
} satisfies Partial<Texts>;

const EXAMPLES = "Exemplos: 30m, 2h, 3d, 18h, amanhã 9h, sexta 10h, 24/12 9h, 2026-12-24 09:00.";

const PROBLEMS: Record<WhenProblem, string> = {
  past: "Essa hora já passou.",
  soon: "Falta menos de um minuto para isso.",
  far: "Falta mais de um ano para isso.",
  "no such day": "Esse dia não existe.",
};

function kept(isKept: boolean): string {
  return isKept ? " O que você pediu antes continua valendo." : "";
}
