/** What is said while a desk is set up, and its checklist, in Spanish. */
import type { CheckDetail, CheckName, CheckProblem, Right } from "../../checklist.ts";
import type { Texts } from "../../notice.ts";

export const setup = {
  "owner": () =>
    "✅ Ahora esta atención es suya. Faltan dos pasos:\n\n1. Añádame a su canal, aquel en el que cada " +
    "publicación será un cliente. Mejor si es privado.\n2. Añádame a su grupo de comentarios (ajustes " +
    "del canal → Comentarios).\n\nLos botones me dan solo los permisos que necesito. La lista de abajo " +
    "sigue lo que usted hace.",
  "button-add-channel": () => "➕ Añadirme a su canal",
  "button-add-group": () => "➕ Añadirme a su grupo",
  "button-check": () => "↻ Mirar de nuevo",
  "button-walk": () => "✈️ Enviar un mensaje de prueba",
  "checklist": ({ checks, isReady }) =>
    [
      isReady ? "✅ La atención está abierta." : "🔧 La atención todavía no está abierta.",
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
    "Trabajo solo para la atención de una empresa, así que me voy. Solo su dueño puede moverme.",
  "move-desk": ({ title }) =>
    `Me ha añadido a “${title}”. ¿Trasladamos la atención allí? Los clientes reciben tarjetas nuevas cuando ` +
    "escriban; las conversaciones del canal anterior se quedan atrás, y los comentarios allí no llegan " +
    "a nadie más.",
  "button-move": () => "Trasladar la atención",
  "desk-moved": () => "✅ La atención se ha trasladado.",
  "walk": () => "🔧 Una prueba de la atención. Desaparece sola.",
} satisfies Partial<Texts>;

const CHECKS: Record<CheckName, string> = {
  "channel": "Canal",
  "privacy": "El canal es privado",
  "channel-rights": "Mis permisos en el canal",
  "group": "Grupo de comentarios",
  "group-rights": "Mis permisos en el grupo",
  "history": "Los nuevos miembros ven el historial del grupo",
  "forum": "El grupo no tiene temas",
  "messages": "Veo todos los comentarios",
  "company": "No hay nadie más en el grupo",
  "inline": "Respuestas rápidas en modo inline",
  "updates": "Llegan las actualizaciones",
  "heard": "Última actualización",
  "database": "La base de datos es duradera",
  "walk": "Mensaje de prueba",
};

const RIGHTS: Record<Right, string> = {
  can_post_messages: "Publicar mensajes",
  can_edit_messages: "Editar mensajes",
  can_pin_messages: "Fijar mensajes",
  can_delete_messages: "Eliminar mensajes",
  can_restrict_members: "Suspender usuarios",
};

function checkDetail(detail: CheckDetail): string {
  switch (detail.kind) {
    case "mode":
      return detail.mode === "webhook" ? "por webhook" : "por long polling";
    case "ago":
      return detail.ms < 60_000 ? "ahora mismo" : `hace ${Math.round(detail.ms / 60_000)} min`;
    case "took":
      return `tardó ${(detail.ms / 1000).toFixed(1).replace(".", ",")} s`;
  }
}

function checkProblem(problem: CheckProblem): string {
  const place = { channel: "el canal", group: "el grupo del canal" };
  const ofPlace = { channel: "del canal", group: "del grupo del canal" };
  switch (problem.because) {
    case "unclaimed":
      return "Nadie se ha hecho cargo de la atención: abra el enlace del registro o de la página, o defina CHANNEL_ID.";
    case "no channel":
      return "El dueño todavía no ha añadido el bot a un canal.";
    case "hidden":
      return `Telegram no muestra ${
        place[problem.what]
      } (“${problem.description}”): añada el bot como ` +
        "administrador.";
    case "no channel at all":
      return "CHANNEL_ID no es de un canal: use el ID del canal, no el del grupo.";
    case "public":
      return "El canal es público: cualquiera puede leerlo, y solo sus administradores son el equipo.";
    case "no administrator":
      return `El bot no es administrador ${ofPlace[problem.where]}: nómbrelo.`;
    case "no rights": {
      const rights = problem.rights.map((right) => `“${RIGHTS[right]}”`).join(", ");
      return `Al bot le faltan permisos en ${place[problem.where]}: dele ${rights}.`;
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
      return `Además de su creador y del bot hay ${problem.count} en el grupo, que pueden leerlo todo: ` +
        "expúlselos, o permítalos con /allow.";
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
    case "no webhook":
      return "Hay otro webhook registrado para el bot: ¿se ejecuta también en otro lugar?";
    case "never heard":
      return "Todavía no ha llegado nada de Telegram.";
    case "in memory":
      return "La base de datos está en memoria: todo se olvida cuando el programa termina.";
    case "not posted":
      return `El mensaje de prueba no se pudo publicar en el canal (“${problem.description}”).`;
    case "not forwarded":
      return "El mensaje de prueba no llegó al grupo: ¿es el grupo vinculado al canal?";
    case "not commented":
      return `El mensaje de prueba no se pudo comentar (“${problem.description}”).`;
  }
}
