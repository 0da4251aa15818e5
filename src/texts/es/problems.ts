/** What keeps a desk from working, and what to do about it, in Spanish. */
import type { KindRight, Right } from "../../health/checklist.ts";
import type { Problem, Surroundings } from "../../health/problem.ts";
import { sayDuration } from "../../time/duration.ts";

const RIGHTS: Record<Right, string> = {
  can_post_messages: "Publicar mensajes",
  can_edit_messages: "Editar mensajes",
  can_pin_messages: "Fijar mensajes",
  can_delete_messages: "Eliminar mensajes",
  can_restrict_members: "Suspender usuarios",
};

const KINDS: Record<KindRight, string> = {
  can_send_photos: "fotos",
  can_send_videos: "vídeos",
  can_send_audios: "música",
  can_send_documents: "archivos",
  can_send_voice_notes: "mensajes de voz",
  can_send_video_notes: "videomensajes",
  can_send_polls: "encuestas",
  can_send_other_messages: "stickers, GIF y respuestas rápidas del modo inline",
};

const PLACE = { channel: "el canal", group: "el grupo del canal" };
const OF_PLACE = { channel: "del canal", group: "del grupo del canal" };

/** What to do with the token, by where the program runs. */
const TOKEN_PLACES: Record<Surroundings, string> = {
  deploy:
    "y defina su token en las variables de entorno de esta app, solo para el contexto Production",
  container:
    "y escriba su token en el .env junto a compose.yaml, como BOT_TOKEN=…; después ejecute " +
    "docker compose up --detach",
  server: "y escriba su token en el .env de la carpeta del programa, como BOT_TOKEN=…; después " +
    "reinicie el programa (systemctl restart balcao)",
  machine:
    "y pegue su token en la página del programa, abierta aquí con la dirección que está en " +
    "su registro; o escríbalo en el .env de la carpeta del programa, como BOT_TOKEN=…, y reinícielo",
};

/** Says what is wrong, and what to do about it. */
export function sayProblem(problem: Problem): string {
  switch (problem.because) {
    case "unclaimed":
      return "Nadie se ha hecho cargo de la atención: abra el enlace del registro o de la página, o defina CHANNEL_ID.";
    case "no channel":
      return "El dueño todavía no ha añadido el bot a un canal.";
    case "hidden":
      return `Telegram no muestra ${
        PLACE[problem.what]
      } (“${problem.description}”): añada el bot como ` +
        "administrador.";
    case "no channel at all":
      return "CHANNEL_ID no es de un canal: use el ID del canal, no el del grupo.";
    case "public":
      return "El canal es público: cualquiera puede leerlo, y solo sus administradores son el equipo.";
    case "no administrator":
      return `El bot no es administrador ${OF_PLACE[problem.where]}: nómbrelo.`;
    case "no rights": {
      const rights = problem.rights.map((right) => `“${RIGHTS[right]}”`).join(", ");
      return `Al bot le faltan permisos en ${PLACE[problem.where]}: dele ${rights}.`;
    }
    case "no group":
      return "El canal no tiene grupo de comentarios: vincule uno en los ajustes del canal.";
    case "history hidden":
      return "El grupo oculta su historial a los nuevos miembros: muéstrelo en los ajustes del grupo.";
    case "forum":
      return "El grupo tiene temas: desactívelos en sus ajustes.";
    case "privacy mode":
      return "El bot solo ve los mensajes dirigidos a él: nómbrelo administrador del grupo.";
    case "others":
      return problem.count === 1
        ? "Además de su creador y del bot hay 1 persona en el grupo, que puede leerlo todo: " +
          "expúlsela, o permítala con /allow."
        : `Además de su creador y del bot hay ${problem.count} personas en el grupo, que pueden leerlo ` +
          "todo: expúlselas, o permítalas con /allow.";
    case "joining first":
      return "El equipo no puede comentar: el grupo exige unirse antes, y quien se une es expulsado. " +
        "Abra los ajustes del grupo → Tipo de grupo, y en “¿Quién puede enviar mensajes?” elija " +
        "“Cualquiera”.";
    case "nobody may write":
      return "El equipo no puede comentar: los miembros no pueden escribir en el grupo. Abra los ajustes " +
        "del grupo → Permisos, y active “Enviar mensajes de texto”.";
    case "kinds forbidden": {
      const kinds = problem.kinds.map((kind) => KINDS[kind]).join(", ");
      return `El equipo no puede enviar ${kinds}: abra los ajustes del grupo → Permisos → Enviar ` +
        "multimedia, y actívelo.";
    }
    case "slow mode":
      return `Cada persona del equipo tiene que esperar ${sayDuration(problem.waitMs)} entre dos ` +
        "comentarios: abra los ajustes del grupo → Permisos, y desactive el “Modo lento”.";
    case "timer": {
      const where = problem.where.map((place) => PLACE[place]).join(" y en ");
      return `Lo que se escribe en ${where} desaparece después de ${
        sayDuration(problem.afterMs)
      }, y con ` +
        "ello tarjetas y conversaciones: abra allí el menú ⋮ → Autoeliminación, y desactívela.";
    }
    case "protected":
      return "El grupo restringe guardar contenido: el equipo no puede reenviar nada de allí, y Telegram " +
        "puede negarse a copiar sus respuestas. Abra los ajustes del grupo → Tipo de grupo, y desactive " +
        "“Restringir guardar contenido”.";
    case "topics in private":
      return "Los chats de los clientes con el bot se dividen en temas, y las respuestas no aparecen en el " +
        "tema en que el cliente escribió: abra @BotFather → el bot → Bot Settings → Threads Settings, y " +
        "desactive “Threaded Mode”.";
    case "no groups":
      return problem.isInside
        ? "El bot no puede ser añadido a grupos: sigue en este, pero no podría volver. Envíe " +
          "/setjoingroups a @BotFather, y elija “Enable”."
        : "El bot no puede ser añadido a grupos: envíe /setjoingroups a @BotFather, y elija “Enable”.";
    case "feedback off":
      return "Telegram no le dice al bot qué respuesta rápida se eligió en modo inline: envíe " +
        "/setinlinefeedback a @BotFather, elija el bot y toque “Enabled”.";
    case "inline off":
      return "El modo inline está desactivado: envíe /setinline a @BotFather.";
    case "refused":
      return `No llegan actualizaciones: Telegram dice “${problem.description}”.`;
    case "trouble":
      return `Telegram rechaza lo que el bot tiene que hacer: “${problem.description}”. Revise el token, y ` +
        "que el bot sea administrador del canal y de su grupo.";
    case "not delivered":
      return `${problem.waiting} actualizaciones esperan en Telegram, que no puede entregarlas ` +
        `(“${problem.description}”): revise PUBLIC_URL.`;
    case "not accepted":
      return `${problem.waiting} actualizaciones esperan porque el bot no pudo aceptarlas; vuelven en unos ` +
        "minutos. Si esto sigue, el registro dice por qué.";
    case "no webhook":
      return "Hay otro webhook registrado para el bot: ¿se ejecuta también en otro lugar?";
    case "in memory":
      return "La base de datos está en memoria: todo se olvida cuando el programa termina.";
    case "not written":
      return `La base de datos no acepta lo que hay que grabar (“${problem.description}”): revisa el ` +
        "disco, y que nadie más tenga el archivo abierto. Mientras tanto, los mensajes esperan en Telegram.";
    case "file gone":
      return "El archivo de la base de datos fue borrado mientras el bot funciona, y lo guardado se pierde " +
        "cuando termine: guárdalo ahora con deno task backup (en un solo archivo: balcao.js backup) y " +
        "luego reinicia.";
    case "file replaced":
      return "Alguien cambió el archivo de la base de datos, o escribió en él, mientras el bot funciona: " +
        "detén el bot, pon de nuevo el archivo correcto e inícialo otra vez.";
    case "not posted":
      return `El mensaje de prueba no se pudo publicar en el canal (“${problem.description}”).`;
    case "not forwarded":
      return "El mensaje de prueba no llegó al grupo: ¿es el grupo vinculado al canal?";
    case "not commented":
      return `El mensaje de prueba no se pudo comentar (“${problem.description}”).`;
    case "preview":
      return "Esto es una vista previa o una rama: solo la dirección de producción de la app atiende.";
    case "starting":
      return "El programa está arrancando.";
    case "no database":
      return "No hay base de datos: cree una base Deno KV en Databases, en Deno Deploy, y asígnela a " +
        "esta app.";
    case "database not opened":
      return "La base de datos no se puede abrir: revise KV_PATH, que se pueda escribir en su carpeta, " +
        "que haya espacio en el disco y que nadie más tenga abierto el archivo. El registro dice más.";
    case "database not read":
      return "La base de datos no se puede leer: revise KV_PATH, y el disco o la red que hay detrás.";
    case "not looked at":
      return "El bot todavía no ha revisado su atención.";
    case "nameless":
      return `Telegram no dice quién es el bot (“${problem.description}”): revise BOT_TOKEN y la red.`;
    case "webhook refused":
      return `Telegram no acepta el webhook (“${problem.description}”): revise PUBLIC_URL y BOT_TOKEN.`;
    case "silent":
      return "Telegram no responde: revise la red.";
    case "start failed":
      return "El arranque falló y se intentará de nuevo: el registro dice por qué.";
    case "no token":
      return `Falta BOT_TOKEN: pida un bot a @BotFather ${TOKEN_PLACES[problem.surroundings]}.`;
    case "not a token":
      return "BOT_TOKEN no es el token de un bot: tiene la forma 123456:ABC-DEF…";
    case "not a whole number":
      return `${problem.name} debe ser un número entero de ${problem.least} a ${problem.most}` +
        not(problem);
    case "not a choice":
      return `${problem.name} debe ser uno de estos: ${problem.choices.join(", ")}${not(problem)}`;
    case "not an address":
      return `${problem.name} debe ser una dirección como https://desk.example.com${not(problem)}`;
    case "not a channel":
      return `CHANNEL_ID debe ser el ID numérico de un canal (-100…) o su @username${not(problem)}`;
    case "not a time zone":
      return `TIME_ZONE debe ser un nombre como America/Sao_Paulo${not(problem)}`;
    case "not a secret":
      return "WEBHOOK_SECRET solo puede tener de 1 a 256 letras, dígitos, _ y -.";
    case "not https":
      return "PUBLIC_URL debe empezar por https://: Telegram no entrega a ninguna otra dirección.";
    case "address with path":
      return "PUBLIC_URL no puede tener ruta: las actualizaciones se reciben en /telegram.";
  }
}

function not({ given }: { given?: string }): string {
  return given === undefined ? "." : `, no “${given}”.`;
}
