/** What keeps a desk from working, and what to do about it, in Brazilian Portuguese. */
import type { KindRight, Right } from "../../health/checklist.ts";
import type { Problem, Surroundings } from "../../health/problem.ts";
import { sayDuration } from "../../time/duration.ts";

const RIGHTS: Record<Right, string> = {
  can_post_messages: "Publicar mensagens",
  can_edit_messages: "Editar mensagens",
  can_pin_messages: "Fixar mensagens",
  can_delete_messages: "Apagar mensagens",
  can_restrict_members: "Banir usuários",
};

const KINDS: Record<KindRight, string> = {
  can_send_photos: "fotos",
  can_send_videos: "vídeos",
  can_send_audios: "músicas",
  can_send_documents: "arquivos",
  can_send_voice_notes: "mensagens de voz",
  can_send_video_notes: "mensagens de vídeo",
  can_send_polls: "enquetes",
  can_send_other_messages: "figurinhas, GIFs e respostas prontas do modo inline",
};

const PLACE = { channel: "o canal", group: "o grupo do canal" };
const IN_PLACE = { channel: "no canal", group: "no grupo do canal" };
const OF_PLACE = { channel: "do canal", group: "do grupo do canal" };

/** What to do with the token, by where the program runs. */
const TOKEN_PLACES: Record<Surroundings, string> = {
  deploy: "e defina o token nas variáveis de ambiente deste app, só para o contexto Production",
  container: "e escreva o token no .env ao lado de compose.yaml, como BOT_TOKEN=…; depois rode " +
    "docker compose up --detach",
  server: "e escreva o token no .env da pasta do programa, como BOT_TOKEN=…; depois reinicie o " +
    "programa (systemctl restart balcao)",
  machine:
    "e cole o token na página do programa, aberta aqui pelo endereço que está no log dele; " +
    "ou escreva o token no .env da pasta do programa, como BOT_TOKEN=…, e inicie-o de novo",
};

/** Says what is wrong, and what to do about it. */
export function sayProblem(problem: Problem): string {
  switch (problem.because) {
    case "unclaimed":
      return "Ninguém assumiu o atendimento ainda: abra o link do log ou da página, ou defina CHANNEL_ID.";
    case "no channel":
      return "O dono ainda não adicionou o bot a um canal.";
    case "hidden":
      return `O Telegram não mostra ${
        PLACE[problem.what]
      } (“${problem.description}”): adicione o bot ` +
        "como administrador.";
    case "no channel at all":
      return "CHANNEL_ID não é de um canal: use o ID do canal, não o do grupo.";
    case "public":
      return "O canal é público: qualquer pessoa pode lê-lo, e só os administradores são a equipe.";
    case "no administrator":
      return `O bot não é administrador ${OF_PLACE[problem.where]}: torne-o administrador.`;
    case "no rights": {
      const rights = problem.rights.map((right) => `“${RIGHTS[right]}”`).join(", ");
      return `Faltam direitos ao bot ${IN_PLACE[problem.where]}: dê a ele ${rights}.`;
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
      return problem.count === 1
        ? "Além do criador e do bot, há 1 pessoa no grupo, que pode ler tudo: remova-a, ou permita com " +
          "/permitir."
        : `Além do criador e do bot, há ${problem.count} pessoas no grupo, que podem ler tudo: ` +
          "remova-as, ou permita com /permitir.";
    case "joining first":
      return "A equipe não consegue comentar: o grupo exige entrar nele antes, e quem entra é removido. " +
        "Abra as configurações do grupo → Tipo de grupo, e em “Quem pode enviar mensagens?” escolha " +
        "“Qualquer pessoa”.";
    case "nobody may write":
      return "A equipe não consegue comentar: os membros não podem escrever no grupo. Abra as " +
        "configurações do grupo → Permissões, e ligue “Enviar mensagens de texto”.";
    case "kinds forbidden": {
      const kinds = problem.kinds.map((kind) => KINDS[kind]).join(", ");
      return `A equipe não pode enviar ${kinds}: abra as configurações do grupo → Permissões → Enviar ` +
        "mídia, e ligue o que falta.";
    }
    case "slow mode":
      return `Cada pessoa da equipe tem que esperar ${sayDuration(problem.waitMs)} entre dois ` +
        "comentários: abra as configurações do grupo → Permissões, e desligue o “Modo lento”.";
    case "timer": {
      const where = problem.where.map((place) => IN_PLACE[place]).join(" e ");
      return `O que se escreve ${where} some depois de ${
        sayDuration(problem.afterMs)
      }, e com isso ` +
        "cartões e conversas: abra lá o menu ⋮ → Autoexclusão, e desligue.";
    }
    case "protected":
      return "O grupo restringe salvar conteúdo: a equipe não pode repassar nada de lá, e o Telegram pode " +
        "recusar copiar as respostas dela. Abra as configurações do grupo → Tipo de grupo, e desligue " +
        "“Restringir salvamento de conteúdo”.";
    case "topics in private":
      return "Os chats dos clientes com o bot se dividem em tópicos, e as respostas não aparecem no tópico " +
        "em que o cliente escreveu: abra o @BotFather → o bot → Bot Settings → Threads Settings, e " +
        "desligue “Threaded Mode”.";
    case "no groups":
      return problem.isInside
        ? "O bot não pode ser adicionado a grupos: fica neste, mas não poderia voltar. Envie " +
          "/setjoingroups ao @BotFather, e escolha “Enable”."
        : "O bot não pode ser adicionado a grupos: envie /setjoingroups ao @BotFather, e escolha “Enable”.";
    case "feedback off":
      return "O Telegram não diz ao bot qual resposta pronta foi escolhida no modo inline: mande " +
        "/setinlinefeedback ao @BotFather, escolha o bot e toque em “Enabled”.";
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
    case "in memory":
      return "O banco de dados está na memória: tudo é esquecido quando o programa termina.";
    case "not written":
      return `O banco de dados não aceita o que deve ser gravado (“${problem.description}”): confira o ` +
        "disco, e que ninguém mais tem o arquivo aberto. Enquanto isso, as mensagens esperam no Telegram.";
    case "file gone":
      return "O arquivo do banco de dados foi apagado enquanto o bot roda, e o que está guardado se perde " +
        "quando ele parar: salve agora com deno task backup (em um só arquivo: balcao.js backup) e " +
        "depois reinicie.";
    case "file replaced":
      return "Alguém trocou o arquivo do banco de dados, ou escreveu nele, enquanto o bot roda: pare o bot, " +
        "ponha o arquivo certo de volta e inicie de novo.";
    case "not posted":
      return `A mensagem de teste não pôde ser publicada no canal (“${problem.description}”).`;
    case "not forwarded":
      return "A mensagem de teste não chegou ao grupo: é este o grupo vinculado ao canal?";
    case "not commented":
      return `A mensagem de teste não pôde ser comentada (“${problem.description}”).`;
    case "preview":
      return "Esta é uma prévia ou um branch: só o endereço de produção do app faz o atendimento.";
    case "starting":
      return "O programa está iniciando.";
    case "no database":
      return "Não há banco de dados: crie um banco Deno KV em Databases, no Deno Deploy, e vincule-o a " +
        "este app.";
    case "database not opened":
      return "O banco de dados não pode ser aberto: verifique KV_PATH, se é permitido escrever na pasta, " +
        "se há espaço no disco e se ninguém mais está com o arquivo aberto. O log diz mais.";
    case "database not read":
      return "O banco de dados não pode ser lido: verifique KV_PATH, e o disco ou a rede por trás dele.";
    case "not looked at":
      return "O bot ainda não verificou o seu atendimento.";
    case "nameless":
      return `O Telegram não diz quem é o bot (“${problem.description}”): verifique BOT_TOKEN e a rede.`;
    case "webhook refused":
      return `O Telegram não aceita o webhook (“${problem.description}”): verifique PUBLIC_URL e BOT_TOKEN.`;
    case "silent":
      return "O Telegram não responde: verifique a rede.";
    case "start failed":
      return "O início falhou e será tentado de novo: o log diz por quê.";
    case "no token":
      return `Falta BOT_TOKEN: peça um bot ao @BotFather ${TOKEN_PLACES[problem.surroundings]}.`;
    case "not a token":
      return "BOT_TOKEN não é o token de um bot: ele tem a forma 123456:ABC-DEF…";
    case "not a whole number":
      return `${problem.name} deve ser um número inteiro de ${problem.least} a ${problem.most}` +
        not(problem);
    case "not a choice":
      return `${problem.name} deve ser um destes: ${problem.choices.join(", ")}${not(problem)}`;
    case "not an address":
      return `${problem.name} deve ser um endereço como https://desk.example.com${not(problem)}`;
    case "not a channel":
      return `CHANNEL_ID deve ser o ID numérico de um canal (-100…) ou o @username dele${
        not(problem)
      }`;
    case "not a time zone":
      return `TIME_ZONE deve ser um nome como America/Sao_Paulo${not(problem)}`;
    case "not a secret":
      return "WEBHOOK_SECRET só pode ter de 1 a 256 letras, dígitos, _ e -.";
    case "not https":
      return "PUBLIC_URL deve começar com https://: o Telegram não entrega a nenhum outro endereço.";
    case "address with path":
      return "PUBLIC_URL não pode ter caminho: as atualizações são recebidas em /telegram.";
  }
}

function not({ given }: { given?: string }): string {
  return given === undefined ? "." : `, e não “${given}”.`;
}
