/** What is said while a desk is set up, and its checklist, in Brazilian Portuguese. */
import type { CheckDetail, CheckName, CheckProblem, Right } from "../../checklist.ts";
import type { Texts } from "../../notice.ts";

export const setup = {
  "owner": () =>
    "✅ Agora este atendimento é seu. Faltam dois passos:\n\n1. Adicione-me ao seu canal, aquele em que " +
    "cada publicação será um cliente. De preferência, privado.\n2. Adicione-me ao grupo de discussão " +
    "dele (configurações do canal → Discussão).\n\nOs botões me dão só os direitos de que preciso. A " +
    "lista abaixo acompanha o que você faz.",
  "button-add-channel": () => "➕ Adicionar ao seu canal",
  "button-add-group": () => "➕ Adicionar ao grupo dele",
  "button-check": () => "↻ Verificar de novo",
  "button-walk": () => "✈️ Enviar mensagem de teste",
  "checklist": ({ checks, isReady }) =>
    [
      isReady ? "✅ O atendimento está aberto." : "🔧 O atendimento ainda não está aberto.",
      "",
      ...checks.map((check) => {
        const name = CHECKS[check.name];
        switch (check.state) {
          case "good":
            return `✅ ${name}${check.detail ? `: ${checkDetail(check.detail)}` : ""}`;
          case "bad":
            return `❌ ${name}: ${checkProblem(check.problem)}`;
          case "warning":
            return `⚠️ ${name}: ${checkProblem(check.problem)}`;
          case "unknown":
            return `▫️ ${name}`;
        }
      }),
    ].join("\n"),
  "problem": ({ problem }) => checkProblem(problem),
  "not-here": () =>
    "Trabalho só para o atendimento de uma empresa, então vou sair. Só o dono pode me mudar de lugar.",
  "move-desk": ({ title }) =>
    `Você me adicionou a “${title}”. O atendimento deve mudar para lá? Os clientes ganham cartões novos ` +
    "quando escreverem; as conversas do canal antigo ficam para trás, e comentários lá não chegam a " +
    "mais ninguém.",
  "button-move": () => "Mudar o atendimento",
  "desk-moved": () => "✅ O atendimento mudou de canal.",
  "walk": () => "🔧 Um teste do atendimento. Some sozinho.",
} satisfies Partial<Texts>;

const CHECKS: Record<CheckName, string> = {
  "channel": "Canal",
  "privacy": "O canal é privado",
  "channel-rights": "Meus direitos no canal",
  "group": "Grupo de discussão",
  "group-rights": "Meus direitos no grupo",
  "history": "Novos membros veem o histórico do grupo",
  "forum": "O grupo não tem tópicos",
  "messages": "Vejo todos os comentários",
  "company": "Não há mais ninguém no grupo",
  "inline": "Respostas prontas no modo inline",
  "updates": "As atualizações chegam",
  "heard": "Última atualização",
  "database": "O banco de dados é durável",
  "walk": "Mensagem de teste",
};

const RIGHTS: Record<Right, string> = {
  can_post_messages: "Publicar mensagens",
  can_edit_messages: "Editar mensagens",
  can_pin_messages: "Fixar mensagens",
  can_delete_messages: "Apagar mensagens",
  can_restrict_members: "Banir usuários",
};

function checkDetail(detail: CheckDetail): string {
  switch (detail.kind) {
    case "mode":
      return detail.mode === "webhook" ? "por webhook" : "por long polling";
    case "ago":
      return detail.ms < 60_000 ? "agora mesmo" : `há ${Math.round(detail.ms / 60_000)} min`;
    case "took":
      return `levou ${(detail.ms / 1000).toFixed(1).replace(".", ",")} s`;
  }
}

function checkProblem(problem: CheckProblem): string {
  const place = { channel: "o canal", group: "o grupo do canal" };
  const inPlace = { channel: "no canal", group: "no grupo do canal" };
  const ofPlace = { channel: "do canal", group: "do grupo do canal" };
  switch (problem.because) {
    case "unclaimed":
      return "Ninguém assumiu o atendimento ainda: abra o link do log ou da página, ou defina CHANNEL_ID.";
    case "no channel":
      return "O dono ainda não adicionou o bot a um canal.";
    case "hidden":
      return `O Telegram não mostra ${
        place[problem.what]
      } (“${problem.description}”): adicione o bot ` +
        "como administrador.";
    case "no channel at all":
      return "CHANNEL_ID não é de um canal: use o ID do canal, não o do grupo.";
    case "public":
      return "O canal é público: qualquer pessoa pode lê-lo, e só os administradores são a equipe.";
    case "no administrator":
      return `O bot não é administrador ${ofPlace[problem.where]}: torne-o administrador.`;
    case "no rights": {
      const rights = problem.rights.map((right) => `“${RIGHTS[right]}”`).join(", ");
      return `Faltam direitos ao bot ${inPlace[problem.where]}: dê a ele ${rights}.`;
    }
    case "no group":
      return "O canal não tem grupo de discussão: vincule um nas configurações do canal.";
    case "history hidden":
      return "O grupo esconde o histórico de novos membros: mostre-o nas configurações do grupo.";
    case "forum":
      return "O grupo tem tópicos: desative-os nas configurações.";
    case "privacy mode":
      return "O bot só vê mensagens dirigidas a ele: torne-o administrador do grupo.";
    case "others":
      return `Além do criador e do bot, há ${problem.count} no grupo, que podem ler tudo: remova-os, ou ` +
        "permita com /permitir.";
    case "inline off":
      return "O modo inline está desligado: envie /setinline ao @BotFather.";
    case "refused":
      return `As atualizações não chegam: o Telegram diz “${problem.description}”.`;
    case "trouble":
      return `O Telegram recusa o que o bot precisa fazer: “${problem.description}”. Verifique o token, e ` +
        "se o bot é administrador do canal e do grupo.";
    case "not delivered":
      return `${problem.waiting} atualizações esperam no Telegram, que não consegue entregá-las ` +
        `(“${problem.description}”): verifique PUBLIC_URL.`;
    case "not accepted":
      return `${problem.waiting} atualizações esperam, pois o bot não pôde aceitá-las; elas voltam em ` +
        "alguns minutos. Se isto continuar, o log diz por quê.";
    case "no webhook":
      return "Outro webhook está registrado para o bot: ele roda também em outro lugar?";
    case "never heard":
      return "Nada chegou do Telegram ainda.";
    case "in memory":
      return "O banco de dados está na memória: tudo é esquecido quando o programa termina.";
    case "not posted":
      return `A mensagem de teste não pôde ser publicada no canal (“${problem.description}”).`;
    case "not forwarded":
      return "A mensagem de teste não chegou ao grupo: é este o grupo vinculado ao canal?";
    case "not commented":
      return `A mensagem de teste não pôde ser comentada (“${problem.description}”).`;
  }
}
