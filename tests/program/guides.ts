/** What the READMEs have one do on the first day, sentence by sentence, in each language there is. */

/** What there is to do on the first day, and what there is to see. */
export type Deed =
  | "ask for a bot"
  | "switch inline mode on"
  | "run it and open the page"
  | "paste the token"
  | "claim the desk"
  | "create channel and group"
  | "choose both"
  | "add the bot by links"
  | "read the list"
  | "send a test message"
  | "invite agents"
  | "leave the group empty"
  | "do it by a file"
  | "see the link"
  | "see the list again"
  | "add the bot elsewhere"
  | "move the desk";

/** A README, as somebody goes by it: what each of its sentences has one do, and what the bot says then in its language. */
export interface Guide {
  page: string;
  heading: string;
  languageCode: string;
  sentences: Record<string, Deed>;
  says: {
    owner: string;
    open: string;
    notOpen: string;
    channelIsGood: string;
    groupIsMissing: RegExp;
    walked: string;
    shallItMove: string;
  };
}

export const ENGLISH: Guide = {
  page: "README.md",
  heading: "## Set up your desk",
  languageCode: "en",
  sentences: {
    "Ask [@BotFather](https://t.me/BotFather) for a bot (`/newbot`).": "ask for a bot",
    "Send him `/setinline` as well, for canned replies.": "switch inline mode on",
    "Run `npx --yes deno@2.9.6 task start`, and open the address of the page that the log shows: `http://localhost:8000/?code=…`.":
      "run it and open the page",
    "Paste the bot's token there: it is kept in `.env`.": "paste the token",
    "Press _Open in Telegram_ on the page, and _Start_ there: you are the owner now.":
      "claim the desk",
    "Create a **private channel** for the team, and in its settings, under _Discussion_, a group.":
      "create channel and group",
    "Tap the bot's buttons _Choose or create the channel_ and then _Choose the group_: it comes along with just the rights it needs.":
      "choose both",
    "Where your Telegram does not bring it along, the links _Add me to your channel_ and _Add me to its group_ under the bot's list do.":
      "add the bot by links",
    "The list follows what you do, and says of each item that is not green yet what to do.":
      "read the list",
    "When it is, press _Send a test message_: it walks the whole way and clears itself away.":
      "send a test message",
    "Send the bot `/invite` and pass its link on to your agents: each asks to join the channel, and you let them in by a tap.":
      "invite agents",
    "Nobody has to join the group.": "leave the group empty",
    "Without the page: copy `.env.example` to `.env`, fill in `BOT_TOKEN`, and run `npx --yes deno@2.9.6 task dev`.":
      "do it by a file",
    "The log shows the link `https://t.me/<your bot>?start=claim_…` that the page has on its button.":
      "see the link",
    "`/setup`, in private with the bot, shows the list again at any time.": "see the list again",
    "The bot works for its own channel and group only: whoever adds it anywhere else sees it leave.":
      "add the bot elsewhere",
    "Only the owner can move the desk, by adding the bot to another channel and confirming.":
      "move the desk",
  },
  says: {
    owner: "You are the owner of this desk now.",
    open: "✅ The desk is open.",
    notOpen: "🔧 The desk is not open yet.",
    channelIsGood: "✅ Channel",
    groupIsMissing: /❌ Discussion group|❌ My rights in the group/,
    walked: "✅ Test message: it took",
    shallItMove: "Shall it be a new desk, or shall one move there?",
  },
};

export const PORTUGUESE: Guide = {
  page: "README.pt-BR.md",
  heading: "## Monte o seu atendimento",
  languageCode: "pt-br",
  sentences: {
    "Peça um bot ao [@BotFather](https://t.me/BotFather) (`/newbot`).": "ask for a bot",
    "Mande a ele também `/setinline`, para as respostas prontas.": "switch inline mode on",
    "Rode `npx --yes deno@2.9.6 task start` e abra o endereço da página que o log mostra: `http://localhost:8000/?code=…`.":
      "run it and open the page",
    "Cole ali o token do bot: ele fica guardado em `.env`.": "paste the token",
    "Toque em _Abrir no Telegram_ na página e em _Iniciar_ lá: agora você é o dono.":
      "claim the desk",
    "Crie um **canal privado** para a equipe e, nas configurações dele, em _Discussão_, um grupo.":
      "create channel and group",
    "Toque nos botões do bot _Escolher ou criar o canal_ e depois _Escolher o grupo_: ele entra junto, só com os direitos de que precisa.":
      "choose both",
    "Se o seu Telegram não o levar junto, os links _Adicionar ao seu canal_ e _Adicionar ao grupo dele_, abaixo da lista do bot, levam.":
      "add the bot by links",
    "A lista acompanha o que você faz e diz, de cada item que ainda não está verde, o que fazer.":
      "read the list",
    "Quando tudo estiver verde, toque em _Enviar mensagem de teste_: ela faz o caminho inteiro e some sozinha.":
      "send a test message",
    "Mande `/convidar` ao bot e passe o link dele aos seus atendentes: cada um pede para entrar no canal, e você deixa entrar com um toque.":
      "invite agents",
    "Ninguém precisa entrar no grupo.": "leave the group empty",
    "Sem a página: copie `.env.example` para `.env`, preencha `BOT_TOKEN` e rode `npx --yes deno@2.9.6 task dev`.":
      "do it by a file",
    "O log mostra o link `https://t.me/<seu bot>?start=claim_…` que a página tem no botão.":
      "see the link",
    "`/configurar`, no chat privado com o bot, mostra a lista de novo quando você quiser.":
      "see the list again",
    "O bot trabalha só no próprio canal e no próprio grupo: quem o adicionar em qualquer outro lugar vai vê-lo sair.":
      "add the bot elsewhere",
    "Só o dono pode mudar o atendimento de canal, adicionando o bot a outro e confirmando.":
      "move the desk",
  },
  says: {
    owner: "Agora este atendimento é seu.",
    open: "✅ O atendimento está aberto.",
    notOpen: "🔧 O atendimento ainda não está aberto.",
    channelIsGood: "✅ Canal",
    groupIsMissing: /❌ Grupo de discussão|❌ Meus direitos no grupo/,
    walked: "✅ Mensagem de teste: levou",
    shallItMove: "É um novo balcão, ou um balcão deve mudar para lá?",
  },
};
