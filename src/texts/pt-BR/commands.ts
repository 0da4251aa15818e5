/** What is said about commands, in Brazilian Portuguese. */
import { type CommandName, usageOf, type Where } from "../../commands/command.ts";
import { helpPages } from "../../commands/help.ts";
import type { Texts } from "../notice.ts";

export const commands = {
  "team-help": ({ where, commands }) =>
    `${INTRODUCTIONS[where]}\n\n${helpPages(commands).first.map(helpLine).join("\n")}`,
  "more-help": ({ commands }) =>
    `Outros comandos:\n\n${helpPages(commands).rest.map(helpLine).join("\n")}`,
  "button-more-help": () => "Mais comandos",
  "about": ({ name }) => ABOUT[name],
  "takes": ({ name }) => TAKES[name] ?? "",
  "unknown-command": ({ word, nearest }) =>
    `Não conheço /${word}.` +
    (nearest === undefined ? " Veja /ajuda." : ` Você quis dizer /${nearest}?`),
  "elsewhere": ({ where }) =>
    where.includes("thread")
      ? "Este comando vale nos comentários de um cliente."
      : "Este comando vale no chat privado com o bot.",
  "team-only": () => "Isto é só para a equipe.",
  "admins-only": () => "Só administradores podem fazer isso.",
  "creator-only": () => "Só quem criou o grupo pode fazer isso, em seu próprio nome.",
} satisfies Partial<Texts>;

const INTRODUCTIONS: Record<Where, string> = {
  thread:
    "Comente aqui para responder ao cliente; responda a um comentário para responder àquela " +
    "mensagem. Comentários que começam com # são notas internas.\n\nO que você edita muda " +
    "também para o cliente. O que você apaga continua com ele (/desfazer apaga para ele), e o que " +
    "ele apaga continua aqui.",
  group:
    "Os clientes são atendidos nos comentários do canal; o que se escreve aqui fora não chega a " +
    "eles. Aqui valem:",
  private: "Você é da equipe. Responda aos clientes nos comentários do canal. Aqui valem:",
};

function helpLine(name: CommandName): string {
  const takes = TAKES[name] ?? "";
  return `${usageOf(name, { takes, language: "pt-BR" })} — ${ABOUT[name]}`;
}

/** What follows the name of a command. */
const TAKES: Partial<Record<CommandName, string>> = {
  start: "[origem]",
  reply: "[palavras]",
  pix: "[valor] [texto]",
  tag: "[palavra]",
  priority: "1–5",
  assign: "[nome]",
  later: "quando [texto]",
  unban: "[ID]",
  notify: "on|off",
  replies: "[palavras]",
  addreply: "Título",
  renamereply: "Título",
  delreply: "Título",
  set: "nome valor",
  reset: "nome",
  stats: "[7d|30d]",
  invite: "[off]",
  allow: "[ID]",
  disallow: "[ID]",
};

const ABOUT: Record<CommandName, string> = {
  start: "começa o atendimento",
  help: "ajuda",
  terms: "os termos do atendimento",
  privacy: "o que guardamos de você, e como apagar",
  solved: "encerra o atendimento: está resolvido",
  close: "encerra e avisa o cliente",
  closesilent: "encerra sem avisar o cliente",
  reply: "envia a resposta pronta que combina com as palavras",
  pix: "cobra por Pix: QR code e código para copiar",
  tag: "põe ou tira uma etiqueta no cartão",
  priority: "define a prioridade",
  assign: "assume o atendimento, ou passa a um colega",
  who: "o que se sabe do cliente",
  later: "enviar nessa hora; sem texto: adiar a conversa",
  undo: "em resposta a um comentário seu: apaga-o também para o cliente",
  ban: "bane o cliente",
  unban: "desfaz o banimento",
  notify: "avisa você quando um cliente espera",
  replies: "mostra as respostas prontas",
  addreply: "guarda uma resposta pronta",
  renamereply: "renomeia uma resposta pronta",
  delreply: "apaga uma resposta pronta",
  exportreplies: "envia as respostas prontas em um arquivo",
  importreplies: "lê respostas prontas de um arquivo",
  settings: "mostra os ajustes",
  set: "muda um ajuste",
  reset: "volta um ajuste ao padrão",
  stats: "números e gráfico do atendimento",
  setup: "verifica a instalação: o que falta, e um teste",
  failed: "o que não foi entregue",
  invite: "um link pelo qual atendentes pedem para entrar no canal",
  allow: "deixa alguém entrar no grupo",
  disallow: "não deixa mais alguém entrar no grupo",
};
