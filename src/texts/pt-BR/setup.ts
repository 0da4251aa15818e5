/** What is said while a desk is set up, and its checklist, in Brazilian Portuguese. */
import type { CheckDetail, CheckName } from "../../health/checklist.ts";
import { MINUTE_MS, sayDuration } from "../../time/duration.ts";
import type { Texts } from "../notice.ts";
import { sayProblem } from "./problems.ts";

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
  "checklist": ({ checks, isReady, desk }) =>
    (desk === undefined ? "" : `${desk}\n\n`) +
    [
      isReady ? "✅ O atendimento está aberto." : "🔧 O atendimento ainda não está aberto.",
      "",
      ...checks.map((check) => {
        const name = CHECKS[check.name];
        switch (check.state) {
          case "good":
            return `✅ ${name}${check.detail ? `: ${checkDetail(check.detail)}` : ""}`;
          case "bad":
            return `❌ ${name}: ${sayProblem(check.problem)}`;
          case "warning":
            return `⚠️ ${name}: ${sayProblem(check.problem)}`;
          case "unknown":
            return `▫️ ${name}`;
        }
      }),
    ].join("\n"),
  "problem": ({ problem }) =>
    (problem.desk === undefined ? "" : `${problem.desk}: `) + sayProblem(problem),
  "check-name": ({ name }) => CHECKS[name],
  "check-detail": ({ detail }) => checkDetail(detail),
  "not-yet": () => "Ainda não estamos atendendo aqui. Tente de novo mais tarde.",
  "not-here": () =>
    "Trabalho só para o atendimento de uma empresa, então vou sair. Só o dono pode me mudar de lugar.",
  "move-desk": ({ title }) =>
    `Você me adicionou a “${title}”. É um novo balcão, ou um balcão deve mudar para lá? Se um balcão ` +
    "mudar, os clientes ganham cartões novos lá quando escreverem; as conversas do canal antigo ficam " +
    "para trás, e comentários lá não chegam a mais ninguém.",
  "button-new-desk": () => "Novo balcão",
  "button-move": ({ name }) => `Mudar ${name}`,
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
  "comments": "A equipe comenta sem entrar no grupo",
  "permission": "A equipe pode escrever no grupo",
  "kinds": "A equipe pode enviar mídia",
  "slow-mode": "Ninguém espera entre comentários",
  "timer": "Cartões e conversas ficam",
  "saving": "O conteúdo do grupo pode ser salvo",
  "company": "Não há mais ninguém no grupo",
  "inline": "Respostas prontas no modo inline",
  "topics": "Os chats dos clientes não têm tópicos",
  "groups": "Posso ser adicionado a grupos",
  "updates": "As atualizações chegam",
  "heard": "Última atualização",
  "database": "O banco de dados é durável",
  "walk": "Mensagem de teste",
};

function checkDetail(detail: CheckDetail): string {
  switch (detail.kind) {
    case "mode":
      return detail.mode === "webhook" ? "por webhook" : "por long polling";
    case "ago":
      return detail.ms < MINUTE_MS ? "agora mesmo" : `há ${sayDuration(detail.ms)}`;
    case "took":
      return `levou ${(detail.ms / 1000).toFixed(1).replace(".", ",")} s`;
  }
}
