/** What is said of a bot's several desks, in Brazilian Portuguese. */
import type { Texts } from "../notice.ts";
import type { DeskState, ListedDesk, Unanswered } from "../notices/desks.ts";

export const desks = {
  "desks": ({ desks, isFixed }) =>
    `Seus balcões; o primeiro é o que recebe clientes novos:\n\n${desks.map(line).join("\n")}\n\n` +
    (isFixed
      ? "CHANNEL_ID decide quais balcões existem."
      : "/novobalcao abre mais um, /renomearbalcao dá outro nome, /removerbalcao fecha um de vez."),
  "button-desk": ({ name, state }) => `${SIGNS[state]} ${name}`,
  "button-add-desk": () => "➕ Novo balcão",
  "adddesk": () =>
    "Mais um balcão: toque em “Escolher ou criar o canal” abaixo e escolha um canal privado, em que cada " +
    "publicação será um cliente dele. Eu entro junto, só com os direitos de que preciso, e de lá eu guio " +
    "você. O próximo canal a que você me adicionar é o novo balcão. Mudou de ideia? Toque em “Cancelar”.",
  "adddesk-off": () =>
    "Nenhum balcão novo: se você me adicionar a outro canal, eu pergunto antes para quê. /novobalcao começa " +
    "de novo.",
  "desks-fixed": () =>
    "A variável CHANNEL_ID decide quais balcões existem: acrescente ou tire um canal dela e me reinicie.",
  "renamedesk-how": () =>
    "Assim: /renomearbalcao antigo novo. Links com o nome antigo continuam levando ao balcão até que outro " +
    "balcão pegue esse nome.",
  "renamedesk-done": ({ from, name }) =>
    `✅ O balcão ${from} agora se chama ${name}. Links com o nome antigo continuam levando até ele.`,
  "renamedesk-empty": ({ words }) =>
    `“${words}” não tem letra nem número: o nome de um balcão tem letras, números e _.`,
  "renamedesk-taken": ({ name }) => `Outro balcão já se chama ${name}.`,
  "removedesk-how": ({ names }) => `Assim: /removerbalcao nome. Existem: ${names.join(", ")}.`,
  "desk-unknown": ({ words, names }) =>
    `Nenhum balcão se chama “${words}”. Existem: ${names.join(", ")}.`,
  "removedesk-last": () => "Este é o último balcão: não pode ser removido.",
  "removedesk-open": ({ name, count, customers }) =>
    `O balcão ${name} ainda tem conversas abertas (${count}): ${customers.join(", ")}${
      count > customers.length ? ", …" : ""
    }. Encerre essas conversas, ou passe para outro balcão, antes.`,
  "removedesk-sure": ({ name }) =>
    `Remover o balcão ${name}? Eu saio do canal e do grupo dele. Clientes com a conversa encerrada vão para ` +
    "outro balcão quando escreverem de novo.",
  "button-remove-desk": ({ name }) => `Remover ${name}`,
  "removedesk-done": ({ name }) => `✅ O balcão ${name} não existe mais.`,
  "left-behind": ({ desk, people, more }) =>
    (desk === undefined
      ? "⚠️ Um dos balcões não existe mais."
      : `⚠️ O balcão ${desk} não existe mais.`) +
    ` O que a equipe dele ainda ia entregar não chegou a: ` +
    `${people.map(unanswered).join(", ")}${more > 0 ? ` e outros (${more})` : ""}.`,
  "desk-gone": () => "Este balcão não existe mais. /balcoes mostra os que existem.",
  "desk-there": ({ name }) =>
    `Neste canal já está o balcão ${name}: nada mudou. Se ele não for necessário, remova-o ` +
    `(/removerbalcao ${name}) e me adicione ao canal de novo.`,
  "which-desk": () => "Para qual balcão?",
  "which-desk-over": () =>
    "Isso foi perguntado há muito tempo, ou já foi respondido. Dê o comando de novo.",
} satisfies Partial<Texts>;

function unanswered({ name, count }: Unanswered): string {
  return `${name} (${count})`;
}

const SIGNS: Record<DeskState, string> = { "open": "✅", "trouble": "❌", "setting-up": "▫️" };

function line({ name, title, state, open, waiting }: ListedDesk, at: number): string {
  const sign = `${at + 1}. ${SIGNS[state]}`;
  if (name === undefined) return `${sign} ${title}: ainda não configurado`;
  return `${sign} ${name} (${title}): ${open} ${
    open === 1 ? "aberta" : "abertas"
  }, ${waiting} esperando`;
}
