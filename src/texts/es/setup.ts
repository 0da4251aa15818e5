/** What is said while a desk is set up, and its checklist, in Spanish. */
import type { CheckDetail, CheckName } from "../../health/checklist.ts";
import { MINUTE_MS, sayDuration } from "../../time/duration.ts";
import type { Texts } from "../notice.ts";
import { sayProblem } from "./problems.ts";

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
  "checklist": ({ checks, isReady, desk }) =>
    (desk === undefined ? "" : `${desk}\n\n`) +
    [
      isReady ? "✅ La atención está abierta." : "🔧 La atención todavía no está abierta.",
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
  "not-yet": () => "Todavía no atendemos aquí. Inténtelo de nuevo más tarde.",
  "not-here": () =>
    "Trabajo solo para la atención de una empresa, así que me voy. Solo su dueño puede moverme.",
  "move-desk": ({ title }) =>
    `Me ha añadido a “${title}”. ¿Es un mostrador nuevo, o trasladamos uno allí? Si uno se traslada, los ` +
    "clientes reciben tarjetas nuevas allí cuando escriban; las conversaciones del canal anterior se " +
    "quedan atrás, y los comentarios allí no llegan a nadie más.",
  "button-new-desk": () => "Mostrador nuevo",
  "button-move": ({ name }) => `Trasladar ${name}`,
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
  "comments": "El equipo comenta sin unirse al grupo",
  "permission": "El equipo puede escribir en el grupo",
  "kinds": "El equipo puede enviar multimedia",
  "slow-mode": "Nadie espera entre comentarios",
  "timer": "Tarjetas y conversaciones se quedan",
  "saving": "El contenido del grupo se puede guardar",
  "company": "No hay nadie más en el grupo",
  "inline": "Respuestas rápidas en modo inline",
  "topics": "Los chats de los clientes no tienen temas",
  "groups": "Puedo ser añadido a grupos",
  "updates": "Llegan las actualizaciones",
  "heard": "Última actualización",
  "database": "La base de datos es duradera",
  "walk": "Mensaje de prueba",
};

function checkDetail(detail: CheckDetail): string {
  switch (detail.kind) {
    case "mode":
      return detail.mode === "webhook" ? "por webhook" : "por long polling";
    case "ago":
      return detail.ms < MINUTE_MS ? "ahora mismo" : `hace ${sayDuration(detail.ms)}`;
    case "took":
      return `tardó ${(detail.ms / 1000).toFixed(1).replace(".", ",")} s`;
  }
}
