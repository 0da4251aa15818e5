/** What is said about canned replies, and in inline mode, in Brazilian Portuguese. */
import { MAX_CAPTION, MAX_TEXT } from "../../words/formatted.ts";
import type { Texts } from "../notice.ts";
import type { NamedReplies } from "../../replies/named.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../../replies/reply.ts";
import type { FileReason } from "../../replies/file.ts";
import { kind } from "./conversation.ts";

export const replies = {
  "reply-how": () =>
    "Para guardar uma resposta pronta:\n\n/resposta Prazo de entrega\n" +
    "{Saudacao}, {nome}! Entregamos em até 3 dias úteis.\n\n" +
    "Ou responda a uma mensagem (texto, foto, vídeo, arquivo…) com /resposta e o título.\n\n" +
    "Preenchidos no envio: {nome} {sobrenome} {nome_completo} {id} {agente} {saudacao} {data} {hora}",
  "reply-rename-how": ({ title }) =>
    `Para renomear “${title}”, envie este comando com o novo título na segunda linha:`,
  "reply-rename-which": () =>
    "Diga o título da resposta e, na linha de baixo, o novo:\n\n/renomear Prazo de entrega\nEntrega",
  "reply-delete-how": () =>
    "Diga o título da resposta: /remover Prazo de entrega. /respostas mostra todas.",
  "reply-import-how": () => "Responda com /importar a um arquivo como o que /exportar envia.",
  "reply-saved": ({ title, replaced, unknown, mark }) =>
    `✅ ${replaced ? "Resposta atualizada" : "Resposta guardada"}: ${title}` +
    (unknown.length ? `\n⚠️ Não conheço ${unknown.join(", ")}: ficará como está.` : "") +
    (mark === undefined
      ? ""
      : `\n⚠️ Ela começa com “${mark}”, como ${
        mark === "#" ? "as notas internas" : "os comandos"
      }: inserida em uma conversa, não chega ao cliente.`),
  "reply-exists": ({ title }) => `Já existe uma resposta “${title}”. Substituir?`,
  "reply-replace": () => "Substituir",
  "reply-problem": ({ problem }) => `⚠️ A resposta não foi guardada: ${replyReason(problem)}`,
  "reply-gone": () => "Ela não existe mais.",
  "reply-deleted": ({ title, isInMenu }) =>
    `🗑 Resposta apagada: ${title}` +
    (isInMenu ? "\n⚠️ Ela estava no menu, que agora fica sem ela: veja /definir menu." : ""),
  "reply-not-found": ({ title, nearest }) =>
    `Não há resposta “${title}”.` +
    (nearest.length ? ` Parecidas:\n${nearest.map((each) => `• ${each}`).join("\n")}` : ""),
  "reply-renamed": ({ title }) => `✅ Agora se chama: ${title}`,
  "reply-title-taken": ({ title }) => `⚠️ Já existe uma resposta “${title}”.`,
  "reply-none": ({ words }) =>
    words ? `Nenhuma resposta com “${words}”.` : "Ainda não há respostas prontas. Veja /resposta.",
  "which-reply": ({ words }) =>
    words === "" ? "Qual resposta?" : `Várias respostas com “${words}”. Qual?`,
  "reply-list": ({ words, total, from, to }) =>
    `💬 Respostas prontas${words ? ` com “${words}”` : ""}: ${from}–${to} de ${total}`,
  "reply-exported": ({ count }) => `Respostas prontas: ${count}`,
  "reply-broken": ({ title }) =>
    `⚠️ O Telegram a recusa: ela não é oferecida. Para consertá-la, envie o arquivo (ou o texto) de novo com /resposta ${title}`,
  "replies-broken": (broken) =>
    `⚠️ O Telegram recusa estas respostas prontas (um arquivo é de outro bot ou não existe mais, ou um link do texto não vale), por isso não são mais oferecidas: ${
      named(broken)
    }\n` +
    "Envie cada uma de novo com /resposta e o mesmo título.",
  "reply-imported": ({ added, updated, notes, broken, kept, untried }) =>
    `✅ Novas: ${added}. Atualizadas: ${updated}.` +
    (notes.count > 0
      ? `\n⚠️ Começam com “#” ou “/”, como as notas internas e os comandos, e não chegariam ao cliente: ${
        named(notes)
      }`
      : "") +
    (broken.count > 0
      ? `\n⚠️ O Telegram recusa os arquivos delas (são de outro bot ou não existem mais), por isso não são oferecidas: ${
        named(broken)
      }\n` +
        "Envie cada arquivo de novo com /resposta e o mesmo título."
      : "") +
    (kept.count > 0
      ? `\n⚠️ Ficam como estão, porque o Telegram recusa o arquivo que substituiria o delas: ${
        named(kept)
      }`
      : "") +
    (untried > 0
      ? `\n⚠️ Arquivos ainda não testados: ${untried}. Se o Telegram recusar algum, você será avisado.`
      : ""),
  "reply-file-problems": ({ problems, count }) =>
    "⚠️ Nada foi importado:\n" +
    problems.map(({ line, column, path, reason }) =>
      `• linha ${line}, coluna ${column}${path ? ` (${path})` : ""}: ${fileReason(reason)}`
    ).join("\n") +
    (problems.length < count ? `\n… e mais ${count - problems.length}` : ""),
  "reply-file-unread": () =>
    "⚠️ Não foi possível ler o arquivo. Nada foi importado; tente de novo.",
  "reply-file-elsewhere": () =>
    "⚠️ O arquivo está no seu próprio servidor da Bot API, onde o bot não consegue lê-lo. Nada foi importado. " +
    "Quem opera o bot deve deixá-lo ler a pasta desse servidor (veja “A Bot API server of your own” na documentação).",
  "talk-to-us": () => "Fale conosco",
  "invitation": ({ link }) => `Fale conosco por aqui: ${link}`,
} satisfies Partial<Texts>;

function named({ titles, count }: NamedReplies): string {
  return titles.join(", ") + (titles.length < count ? " …" : "");
}

function replyReason(problem: ReplyProblem): string {
  switch (problem.because) {
    case "no title":
      return "falta o título.";
    case "no content":
      return "falta o texto. Veja /resposta.";
    case "long title":
      return `o título tem ${problem.length} caracteres; o máximo é ${MAX_TITLE}.`;
    case "long text":
      return `o texto tem ${problem.length} caracteres; o máximo é ${MAX_TEXT}.`;
    case "long caption":
      return `a legenda tem ${problem.length} caracteres; o máximo é ${MAX_CAPTION}.`;
    case "kind":
      return `este tipo de mensagem não pode ser uma resposta pronta (${kind(problem.content)}).`;
    case "album":
      return "um álbum não pode ser uma resposta pronta. Envie um item só, com o comando como legenda.";
    case "file":
      return "o Telegram recusa o arquivo. Envie o arquivo de novo, com o comando como legenda.";
    case "size":
      return "há formatação ou links demais.";
    case "full":
      return `são no máximo ${MAX_REPLIES} respostas.`;
  }
}

function fileReason(reason: FileReason): string {
  switch (reason.because) {
    case "syntax":
      return "daqui em diante não é JSON.";
    case "missing":
      return `falta “${reason.field}”.`;
    case "type":
      return `deveria ser ${
        {
          object: "um objeto",
          list: "uma lista",
          text: "um texto",
          number: "um número",
          "true or false": "true ou false",
        }[reason.wanted]
      }.`;
    case "unknown kind":
      return `o tipo deveria ser um destes: ${reason.kinds.join(", ")}.`;
    case "outside":
      return "a formatação vai além do texto.";
    case "duplicate":
      return `este título já está na linha ${reason.line}.`;
    case "version":
      return "o arquivo é de uma versão mais nova do programa.";
    default:
      return replyReason(reason);
  }
}
