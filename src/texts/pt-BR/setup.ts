/** What is said while a desk is set up, and its checklist, in Brazilian Portuguese. */
import type { ChoiceProblem, Step } from "../../desk/step.ts";
import type { CheckDetail, CheckName } from "../../health/checklist.ts";
import { MINUTE_MS, sayDuration } from "../../time/duration.ts";
import type { Texts } from "../notice.ts";
import { sayProblem } from "./problems.ts";

export const setup = {
  "owner": () =>
    "✅ Agora este atendimento é seu.\n\nToque em “Escolher ou criar o canal” abaixo e escolha aquele em " +
    "que cada publicação será um cliente: um canal privado. Eu entro junto, só com os direitos de que " +
    "preciso. A lista abaixo acompanha o que você faz; os botões dela são outro caminho.",
  "button-choose-channel": () => "Escolher ou criar o canal",
  "button-choose-group": () => "Escolher o grupo",
  "next-step": ({ step, isReady }) => sayStep(step, isReady),
  "choice": ({ problem, title }) => sayChoice(problem, title),
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
  "not-here-yet": () =>
    "Ainda não tenho dono, então vou sair. Abra o link que está no log do meu programa ou na página dele, " +
    "toque em “Iniciar” e depois em “Escolher ou criar o canal”.",
  "move-desk": ({ title }) =>
    `Você me adicionou a “${title}”. É um novo balcão, ou um balcão deve mudar para lá? Se um balcão ` +
    "mudar, os ajustes e as respostas prontas vão junto, e os clientes ganham cartões novos lá quando " +
    "escreverem; as conversas do canal antigo ficam para trás, e comentários lá não chegam a mais ninguém.",
  "button-new-desk": () => "Novo balcão",
  "button-move": ({ name }) => `Mudar ${name}`,
  "desk-moved": () => "✅ O atendimento mudou de canal.",
  "guide-over": () => "Não há mais nada a escolher para ele.",
  "description": () =>
    "Escreva para nós aqui: nossa equipe lê cada mensagem e responde neste chat.",
  "short-description": () => "Escreva para nós: nossa equipe responde aqui.",
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
  "feedback": "O Telegram diz qual resposta pronta foi escolhida",
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

function sayStep(step: Step, isReady: boolean): string {
  switch (step) {
    case "channel":
      return "➡️ Toque em “Escolher ou criar o canal” abaixo.";
    case "link":
      return "➡️ O canal ainda não tem grupo: abra o canal → Editar → Discussão, escolha ou crie um e depois " +
        "toque em “↻ Verificar de novo” abaixo da lista.";
    case "group":
      return "➡️ Agora toque em “Escolher o grupo” abaixo e escolha o grupo de discussão do canal.";
    case "done":
      return isReady
        ? "✅ Canal e grupo escolhidos. Toque em “✈️ Enviar mensagem de teste” abaixo da lista."
        : "✅ Canal e grupo escolhidos. A lista diz onde mais tocar; depois toque em “↻ Verificar de novo” " +
          "abaixo dela.";
  }
}

const CHOOSE = { channel: "“Escolher ou criar o canal”", group: "“Escolher o grupo”" };
const ADD = { channel: "“➕ Adicionar ao seu canal”", group: "“➕ Adicionar ao grupo dele”" };
const KINDS = { channel: "canal", group: "grupo" };

function sayChoice(problem: ChoiceProblem, title: string): string {
  switch (problem.because) {
    case "outside":
      return `Ainda não sou administrador de “${title}”: toque em ${
        ADD[problem.where]
      } aqui e escolha-o lá.`;
    case "other kind":
      return `“${title}” não é um ${KINDS[problem.where]}: toque de novo em ${
        CHOOSE[problem.where]
      } e escolha um ` +
        `${KINDS[problem.where]}.`;
    case "public":
      return `“${title}” é público, e qualquer pessoa pode lê-lo: abra-o → Editar → Tipo de canal e toque em “Privado”.`;
    case "other desk":
      return `“${title}” já é o ${
        KINDS[problem.where]
      } do balcão ${problem.desk}: toque de novo em ${CHOOSE[problem.where]} e escolha outro.`;
    case "other bot":
      return `@${problem.username} também publica em “${title}”. Se esse é o atendimento dele, toque de novo em “Escolher ou ` +
        "criar o canal” e escolha outro: dois bots se atrapalham.";
    case "no rights":
      return `${
        sayProblem(problem)
      } Abra “${title}” → Editar → Administradores, toque em mim e ative-os.`;
    case "channel first":
      return `Já estou em “${title}”. Toque antes em “Escolher ou criar o canal”: o grupo se vincula a ele.`;
    case "not linked":
      return `“${title}” não é o grupo de discussão de “${problem.channel}”: abra “${problem.channel}” → Editar → ` +
        `Discussão, escolha “${title}” ali e toque em “↻ Verificar de novo”; ou toque em “Escolher o grupo” e escolha ` +
        "outro.";
    case "basic group":
      return `“${title}” ainda é um grupo básico: abra o canal → Editar → Discussão e escolha-o ali, o que faz dele um ` +
        "supergrupo; depois toque em “↻ Verificar de novo”.";
    case "topics":
      return `“${title}” tem tópicos e não pode ser o grupo do canal: abra-o → Editar → Tópicos e desative-os, ou toque ` +
        "em “Escolher o grupo” e escolha outro.";
    case "other client":
      return `O seu Telegram não conhece este botão: toque em ${
        ADD[problem.where]
      } aqui no lugar dele, ou atualize o Telegram.`;
    case "chosen already":
      return `“${title}” já é o ${
        KINDS[problem.where]
      } deste atendimento. Toque em “↻ Verificar de novo” abaixo da ` +
        "lista para ver como está.";
    case "unanswered":
      return `O Telegram não me diz nada de “${title}” agora: toque de novo em ${
        CHOOSE[problem.where]
      } daqui a um minuto.`;
  }
}
