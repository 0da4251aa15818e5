/** Brazilian Portuguese. */
import { displayName, PRIORITY_SQUARES } from "../card.ts";
import { type CommandName, usageOf } from "../command.ts";
import type { CheckDetail, CheckName, CheckProblem, Right } from "../checklist.ts";
import type { ContentKind } from "../content.ts";
import { MAX_CAPTION, MAX_TEXT } from "../formatted.ts";
import type { Texts, Undeliverable } from "../notice.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../reply.ts";
import type { FileReason } from "../reply_file.ts";
import {
  isOn,
  isOwnText,
  isSwitch,
  SETTING_NAMES,
  type SettingName,
  type SettingProblem,
} from "../settings.ts";
import { shortened } from "./shortened.ts";

export const portuguese: Texts = {
  "welcome": () =>
    "Olá! Escreva sua mensagem aqui e nossa equipe responderá o mais breve possível.",
  "help": () =>
    "Escreva aqui o que precisar: texto, fotos, áudios, arquivos. Nossa equipe responde neste " +
    "mesmo chat.\n\nSe você editar uma mensagem, a equipe vê a mudança. Se você apagar uma " +
    "mensagem ou o chat, a cópia da equipe continua.",
  "source": ({ source }) => `ℹ️ Chegou pelo link: ${source}`,
  "undeliverable": ({ why }) => `⚠️ Não foi possível entregar esta mensagem: ${reason(why)}`,
  "cannot-show": ({ content }) =>
    `🫥 Chegou algo que não pode ser mostrado aqui: ${kind(content)}.`,
  "edited": () => "✏️ Editado:",
  "too-old": () =>
    "⚠️ A edição não aparece do outro lado: a mensagem é antiga demais ou não está lá. Envie uma nova.",
  "already-sent": () =>
    "⚠️ O cliente já recebeu esta mensagem como era antes: o que ele recebeu não é retirado.",
  "album-incomplete": ({ sent, of }) => `⚠️ Só ${sent} de ${of} itens deste álbum foram entregues.`,
  "blocked": () =>
    "🚫 Este cliente bloqueou o bot. O que for escrito aqui será entregue se ele voltar.",
  "unblocked": () => "✅ Este cliente desbloqueou o bot e pode ser atendido de novo.",
  "trouble": ({ description }) =>
    `⚠️ O atendimento está parado: o Telegram recusa o que o bot precisa fazer (“${description}”). ` +
    "Verifique se ele é administrador do canal e do grupo. " +
    "Nada se perdeu: tudo segue quando for corrigido.",
  "moved": () => "A conversa continua aqui.",
  "slow-down": () =>
    "Recebemos muitas mensagens suas de uma vez. Nada se perdeu:" +
    " elas estão sendo entregues aos poucos. Por favor, aguarde um momento.",
  "failed-none": () => "✅ Nada foi abandonado: tudo o que foi aceito foi entregue.",
  "failed-list": ({ count, shown }) =>
    `⚠️ Não entregues: ${count}${shown < count ? ` (as primeiras ${shown})` : ""}`,
  "failed-item": ({ number, name, direction, time, reason }) =>
    `${number}. ${direction === "to-team" ? `de ${name}` : `para ${name}`} · ${time}\n${reason}`,
  "failed-retry-all": () => "↻ Tentar todas",
  "failed-dismiss-all": () => "✕ Descartar todas",
  "failed-done": ({ does }) => does === "retry" ? "Tentando de novo." : "Descartado.",
  "team-in-private": () =>
    "Você é da equipe. Responda aos clientes nos comentários do canal, não por aqui.",
  "reply-how": () =>
    "Para guardar uma resposta pronta:\n\n/addreply Prazo de entrega\n" +
    "{saudacao}, {nome}! Entregamos em até 3 dias úteis.\n\n" +
    "Ou responda a uma mensagem (texto, foto, vídeo, arquivo…) com /addreply e o título.\n\n" +
    "Preenchidos no envio: {nome} {sobrenome} {nome_completo} {id} {agente} {saudacao} {data} {hora}",
  "reply-rename-how": ({ title }) =>
    `Para renomear “${title}”, envie este comando com o novo título na segunda linha:`,
  "reply-import-how": () =>
    "Responda com /importreplies a um arquivo como o que /exportreplies envia.",
  "reply-saved": ({ title, replaced, unknown }) =>
    `✅ ${replaced ? "Resposta atualizada" : "Resposta guardada"}: ${title}` +
    (unknown.length ? `\n⚠️ Não conheço ${unknown.join(", ")}: ficará como está.` : ""),
  "reply-exists": ({ title }) => `Já existe uma resposta “${title}”. Substituir?`,
  "reply-replace": () => "Substituir",
  "reply-problem": ({ problem }) => `⚠️ A resposta não foi guardada: ${replyReason(problem)}`,
  "reply-gone": () => "Ela não existe mais.",
  "reply-deleted": ({ title }) => `🗑 Resposta apagada: ${title}`,
  "reply-not-found": ({ title, nearest }) =>
    `Não há resposta “${title}”.` +
    (nearest.length ? ` Parecidas:\n${nearest.map((each) => `• ${each}`).join("\n")}` : ""),
  "reply-renamed": ({ title }) => `✅ Agora se chama: ${title}`,
  "reply-title-taken": ({ title }) => `⚠️ Já existe uma resposta “${title}”.`,
  "reply-none": ({ words }) =>
    words ? `Nenhuma resposta com “${words}”.` : "Ainda não há respostas prontas. Veja /addreply.",
  "reply-list": ({ words, total, from, to }) =>
    `💬 Respostas prontas${words ? ` com “${words}”` : ""}: ${from}–${to} de ${total}`,
  "reply-exported": ({ count }) => `Respostas prontas: ${count}`,
  "reply-imported": ({ added, updated }) => `✅ Novas: ${added}. Atualizadas: ${updated}.`,
  "reply-file-problems": ({ problems, count }) =>
    "⚠️ Nada foi importado:\n" +
    problems.map(({ line, column, path, reason }) =>
      `• linha ${line}, coluna ${column}${path ? ` (${path})` : ""}: ${fileReason(reason)}`
    ).join("\n") +
    (problems.length < count ? `\n… e mais ${count - problems.length}` : ""),
  "reply-file-unread": () =>
    "⚠️ Não foi possível ler o arquivo. Nada foi importado; tente de novo.",
  "talk-to-us": () => "Fale conosco",
  "invitation": ({ link }) => `Fale conosco por aqui: ${link}`,
  "terms": () =>
    "As mensagens deste chat são lidas e respondidas pela nossa equipe. Não envie senhas nem dados " +
    "de cartão.\n\n/privacidade explica o que é guardado.",
  "privacy": () =>
    "Guardamos apenas seu nome, seu sobrenome e seu ID do Telegram. As mensagens ficam no Telegram: " +
    "no seu chat e no canal da nossa equipe.",
  "restart": () => "Que bom falar com você de novo! Nossa equipe responderá o mais breve possível.",
  "end": () => "Este atendimento foi encerrado. Se precisar de algo mais, é só escrever aqui.",
  "rate": () => "Como foi o atendimento?",
  "rated": () => "Obrigado pela sua avaliação!",
  "banned": () => "Este chat não está disponível.",
  "away": () => "Nossa equipe não está disponível agora. Responderemos assim que possível.",
  "panel": ({ source }) =>
    "🆕 Conversa nova. Comente aqui para responder." +
    (source === undefined ? "" : `\nℹ️ Chegou pelo link: ${source}`),
  "button-close": () => "⬜️ Encerrar",
  "button-priority": () => "🟨 Prioridade",
  "button-assign": () => "🙋 Assumir",
  "button-ban": () => "❌ Banir",
  "button-help": () => "❔ Ajuda",
  "button-cancel": () => "Cancelar",
  "which-priority": () => "Qual a prioridade? 1 não é urgente, 5 é emergência.",
  "ban-sure": () => "Banir este cliente? Nada do que ele escrever chegará aqui. /desbanir desfaz.",
  "did-close": ({ by, isSilent }) => `⬜️ ${by} encerrou${isSilent ? " sem avisar o cliente" : ""}.`,
  "did-priority": ({ by, priority }) =>
    `${PRIORITY_SQUARES[priority - 1]} ${by} definiu a prioridade ${priority}.`,
  "did-ban": ({ by }) => `❌ ${by} baniu este cliente.`,
  "did-unban": ({ by }) => `✅ ${by} desbaniu este cliente.`,
  "did-assign": ({ by, to }) =>
    to === undefined
      ? `🙋 ${by} deixou o atendimento sem responsável.`
      : to === by
      ? `🙋 ${by} assumiu o atendimento.`
      : `🙋 ${by} passou o atendimento para ${to}.`,
  "did-undo": ({ by, isSent }) =>
    isSent
      ? `🗑 ${by} desfez esta resposta: ela foi apagada também para o cliente.`
      : `🗑 ${by} desfez esta resposta antes que ela fosse enviada.`,
  "did-rate": ({ stars }) =>
    `${"⭐".repeat(stars)} O cliente avaliou o atendimento: ${stars} de 5.`,
  "already": ({ status }) =>
    ({
      open: "ℹ️ Este cliente não está banido.",
      closed: "ℹ️ Este atendimento já está encerrado.",
      banned: "ℹ️ Este cliente está banido. /desbanir desfaz.",
    })[status],
  "collision": ({ name }) =>
    `👥 ${name} também respondeu, agora há pouco. O cliente recebeu as duas respostas.`,
  "waits": ({ name, address }) => `⏳ ${name} espera uma resposta.\n${address}`,
  "who": ({ conversation, since, counts, days }) => {
    const { customer, source, status, priority, assignee, blockedSinceMs } = conversation;
    return [
      `👤 ${displayName(customer)}`,
      `ID ${customer.id}`,
      `Desde: ${since}`,
      ...(source === undefined ? [] : [`Link: ${source}`]),
      `Situação: ${
        { open: `aberto, prioridade ${priority}`, closed: "encerrado", banned: "banido" }[status]
      }`,
      ...(blockedSinceMs === undefined ? [] : ["Bloqueou o bot"]),
      ...(assignee ? [`Responsável: ${assignee.name}`] : []),
      `Mensagens nos últimos ${days} dias: ${counts.fromCustomer} do cliente, ${counts.fromTeam} da equipe`,
    ].join("\n");
  },
  "team-help": ({ commands }) =>
    "Comente aqui para responder ao cliente; responda a um comentário para responder àquela " +
    "mensagem. Comentários que começam com # são notas internas.\n\nO que você edita muda " +
    "também para o cliente. O que você apaga continua com ele (/desfazer apaga para os dois), e o " +
    "que ele apaga continua aqui.\n\n" +
    commands.map((name) => `${usageOf(name, { isPortuguese: true })} — ${ABOUT[name]}`).join("\n"),
  "team-help-in-private": () =>
    "Você é da equipe. Responda aos clientes nos comentários do canal.\n\n" +
    `/avisos on — ${ABOUT.notify}`,
  "about": ({ name }) => ABOUT[name],
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
  "assign-ambiguous": ({ words, names }) =>
    `Há mais de uma pessoa com “${words}”: ${names.join(", ")}. ` +
    "Responda a um comentário da pessoa com /atribuir.",
  "assign-unknown": ({ words, names }) =>
    `Ninguém chamado “${words}” respondeu a um cliente até agora.` +
    (names.length > 0 ? ` Conheço: ${names.join(", ")}.` : "") +
    " Você também pode responder a um comentário da pessoa com /atribuir.",
  "assign-stranger": () => "Quem escreveu esse comentário não é da equipe.",
  "assign-needs-name": () => "Você escreve sem nome: diga a quem atribuir, como em /atribuir Ana.",
  "undo-how": () => "Responda com /desfazer à resposta que deve ser apagada também para o cliente.",
  "undo-not-ours": () => "Só respostas da equipe podem ser desfeitas.",
  "undo-not-yours": () => "Você só pode desfazer as suas respostas; administradores, as de todos.",
  "undo-too-late": () =>
    "⚠️ O Telegram não permite mais apagar esta mensagem para o cliente: ela tem mais de 48 horas.",
  "undo-nothing": () => "Este comentário não está com o cliente: não há o que desfazer.",
  "notify-how": ({ isWanted }) =>
    `Avisos de quem espera: ${
      isWanted ? "ligados" : "desligados"
    }. /avisos on liga, /avisos off desliga.`,
  "notify-done": ({ isWanted }) =>
    isWanted
      ? "✅ Você será avisado aqui quando um cliente começar a esperar."
      : "✅ Sem mais avisos.",
  "settings": ({ settings, own, locale, timeZone }) => {
    const shown = (name: SettingName): string => {
      if (isOwnText(name)) {
        const words = own.get(name);
        return words === undefined ? "padrão" : `“${shortened(words)}”`;
      }
      if (isSwitch(name)) return isOn(settings, name) ? "on" : "off";
      if (name === "language") return settings.language ?? locale;
      return settings[name] ?? "—";
    };
    return [
      "⚙️ Ajustes",
      ...SETTING_NAMES.map((name) => `${name}: ${shown(name)}\n   ${ABOUT_SETTING[name]}`),
      `Fuso horário: ${timeZone}`,
      "Mude com /definir nome valor (ou /definir nome em resposta a um texto); /restaurar nome volta " +
      "ao padrão.",
    ].join("\n\n");
  },
  "about-setting": ({ name }) => ABOUT_SETTING[name],
  "setting-example": ({ name }) => EXAMPLES[name],
  "set-how": () =>
    "Assim:\n\n/definir horario seg-sex 9h-18h; sáb 9h-12h\n\nou responda a um texto com " +
    "/definir boasvindas: ele será usado com sua formatação. /ajustes mostra tudo.",
  "set-unknown": ({ word, nearest, names }) =>
    `Não há ajuste “${word}”.` + (nearest === undefined ? "" : ` Você quis dizer ${nearest}?`) +
    ` Há estes: ${names.join(", ")}.`,
  "set-problem": ({ name, problem }) =>
    `⚠️ Nada mudou em ${name}: ${settingProblem(problem)}\nExemplo: /definir ${name} ${
      EXAMPLES[name]
    }`,
  "set-done": ({ name }) => `✅ ${name}: definido.`,
  "reset-done": ({ name }) => `✅ ${name}: de volta ao padrão.`,
  "allow-how": () =>
    "Responda a uma mensagem da pessoa com /permitir, ou diga seu ID: /permitir 123456789.",
  "allowed": ({ userId }) => `✅ ${userId} pode entrar no grupo.`,
  "disallowed": ({ userId }) => `✅ ${userId} não pode mais entrar no grupo.`,
  "expelled": ({ name, userId }) =>
    `🚪 ${name} (${userId}) entrou no grupo do atendimento e foi removido: o grupo guarda todas as ` +
    `conversas. A equipe não precisa entrar, basta comentar pelo canal. Para permitir: /permitir ${userId}`,
  "not-expelled": ({ name, userId }) =>
    `⚠️ ${name} (${userId}) entrou no grupo do atendimento e não pôde ser removido: é administrador ` +
    "do grupo. Remova-o, ou permita com /permitir.",
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
  "greeting": ({ part }) =>
    ({ morning: "bom dia", afternoon: "boa tarde", evening: "boa noite" })[part],
};

const ABOUT: Record<CommandName, string> = {
  start: "começa o atendimento",
  help: "ajuda",
  terms: "termos do atendimento",
  privacy: "o que é guardado, e como apagar",
  close: "encerra e avisa o cliente",
  closesilent: "encerra sem avisar o cliente",
  priority: "define a prioridade",
  assign: "assume, ou passa a um colega",
  who: "o que se sabe do cliente",
  undo: "em resposta a uma resposta sua: apaga também para o cliente",
  ban: "bane o cliente",
  unban: "desbane o cliente",
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
  setup: "verifica o atendimento: o que falta, e um teste",
  failed: "o que não foi entregue",
  allow: "deixa alguém entrar no grupo",
  disallow: "não deixa mais",
};

const ABOUT_SETTING: Record<SettingName, string> = {
  welcome: "boas-vindas, no primeiro contato",
  restart: "quando um cliente volta depois do fim",
  end: "quando um atendimento é encerrado",
  terms: "resposta a /termos",
  hours: "quando a equipe atende",
  holidays: "quando não atende",
  away: "o que se diz fora do horário; {volta} é quando a equipe volta",
  panel: "botões no começo de cada conversa",
  collision: "avisa quando duas pessoas respondem ao mesmo tempo",
  rating: "pede ao cliente uma nota no fim",
  notify: "avisa a equipe quando um cliente espera, salvo quem usou /avisos off",
  language: "idioma da equipe",
};

const EXAMPLES: Record<SettingName, string> = {
  welcome: "Olá, {nome}! Em que podemos ajudar?",
  restart: "Olá de novo, {nome}!",
  end: "Obrigado por falar conosco!",
  terms: "Respondemos em dias úteis.",
  hours: "seg-sex 09:00-18:00; sáb 09:00-12:00",
  holidays: "25/12; 01/01; 20/11/2026",
  away: "Voltamos {volta}.",
  panel: "off",
  collision: "off",
  rating: "on",
  notify: "on",
  language: "pt-BR",
};

function settingProblem(problem: SettingProblem): string {
  switch (problem.because) {
    case "empty":
      return "falta o valor.";
    case "not a switch":
      return "o valor deve ser on ou off.";
    case "unknown language":
      return "o valor deve ser pt-BR, en ou es.";
    case "long text":
      return `o texto tem ${problem.length} caracteres; o máximo é ${MAX_TEXT}.`;
    case "hours":
    case "holidays":
      return "não entendi.";
  }
}

function reason(why: Undeliverable): string {
  switch (why.because) {
    case "kind":
      return `o Telegram não permite copiar este tipo de mensagem (${kind(why.content)}). ` +
        "Envie como texto, foto, vídeo ou arquivo.";
    case "refused":
      return "o Telegram recusou a mensagem.";
    case "voice":
      return "o destinatário não aceita mensagens de voz nem de vídeo. Envie como texto ou arquivo.";
    case "deleted":
      return "ela foi apagada antes de ser copiada.";
    case "blocked":
      return "o cliente bloqueou o bot há muitos dias.";
    case "unreadable":
      return "o token do bot foi trocado antes do envio. Envie de novo.";
    case "time":
      return "o Telegram não respondeu por tempo demais. Envie de novo.";
    case "gone":
      return "a conta deste cliente não existe mais.";
  }
}

function replyReason(problem: ReplyProblem): string {
  switch (problem.because) {
    case "no title":
      return "falta o título.";
    case "no content":
      return "falta o texto. Veja /addreply.";
    case "long title":
      return `o título tem ${problem.length} caracteres; o máximo é ${MAX_TITLE}.`;
    case "long text":
      return `o texto tem ${problem.length} caracteres; o máximo é ${MAX_TEXT}.`;
    case "long caption":
      return `a legenda tem ${problem.length} caracteres; o máximo é ${MAX_CAPTION}.`;
    case "kind":
      return `este tipo de mensagem não pode ser uma resposta pronta (${kind(problem.content)}).`;
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

const KINDS: Partial<Record<ContentKind, string>> = {
  paid_media: "mídia paga",
  story: "story",
  checklist: "lista de tarefas",
  invoice: "fatura",
  game: "jogo",
  giveaway: "sorteio",
  giveaway_winners: "sorteio",
  gift: "presente",
  gift_upgrade_sent: "presente",
  unique_gift: "presente",
  poll: "enquete",
};

function kind(content: ContentKind): string {
  return KINDS[content] ?? "uma mensagem de outro tipo";
}

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
