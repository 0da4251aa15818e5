/** What is said while a desk is set up, and its checklist, in Spanish. */
import type { ChoiceProblem, Step } from "../../desk/step.ts";
import type { CheckDetail, CheckName } from "../../health/checklist.ts";
import { MINUTE_MS, sayDuration } from "../../time/duration.ts";
import type { Texts } from "../notice.ts";
import { sayProblem } from "./problems.ts";

export const setup = {
  "owner": () =>
    "✅ Ahora esta atención es suya.\n\nToque abajo “Elegir o crear el canal” y elija aquel en el que " +
    "cada publicación será un cliente: un canal privado. Yo entro con él, solo con los permisos que " +
    "necesito. La lista de abajo sigue lo que usted hace; sus botones son otro camino.",
  "button-choose-channel": () => "Elegir o crear el canal",
  "button-choose-group": () => "Elegir el grupo",
  "next-step": ({ step, isReady }) => sayStep(step, isReady),
  "choice": ({ problem, title }) => sayChoice(problem, title),
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
  "not-here-yet": () =>
    "Todavía no tengo dueño, así que me voy. Abra el enlace que está en el registro de mi programa o en su " +
    "página, toque “Iniciar” y después “Elegir o crear el canal”.",
  "move-desk": ({ title }) =>
    `Me ha añadido a “${title}”. ¿Es un mostrador nuevo, o trasladamos uno allí? Si uno se traslada, sus ` +
    "ajustes y respuestas preparadas van con él, y los clientes reciben tarjetas nuevas allí cuando escriban; las conversaciones del canal anterior se " +
    "quedan atrás, y los comentarios allí no llegan a nadie más.",
  "button-new-desk": () => "Mostrador nuevo",
  "button-move": ({ name }) => `Trasladar ${name}`,
  "desk-moved": () => "✅ La atención se ha trasladado.",
  "guide-over": () => "Ya no queda nada que elegir para él.",
  "description": () => "Escríbanos aquí: nuestro equipo lee cada mensaje y responde en este chat.",
  "short-description": () => "Escríbanos: nuestro equipo responde aquí.",
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
  "feedback": "Telegram dice qué respuesta rápida se eligió",
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

function sayStep(step: Step, isReady: boolean): string {
  switch (step) {
    case "channel":
      return "➡️ Toque abajo “Elegir o crear el canal”.";
    case "link":
      return "➡️ El canal todavía no tiene grupo: abra el canal → Editar → Comentarios, elija o cree uno y " +
        "después toque “↻ Mirar de nuevo” debajo de la lista.";
    case "group":
      return "➡️ Ahora toque abajo “Elegir el grupo” y elija el grupo de comentarios del canal.";
    case "done":
      return isReady
        ? "✅ Canal y grupo elegidos. Toque “✈️ Enviar un mensaje de prueba” debajo de la lista."
        : "✅ Canal y grupo elegidos. La lista dice qué más tocar; después toque “↻ Mirar de nuevo” debajo " +
          "de ella.";
  }
}

const CHOOSE = { channel: "“Elegir o crear el canal”", group: "“Elegir el grupo”" };
const ADD = { channel: "“➕ Añadirme a su canal”", group: "“➕ Añadirme a su grupo”" };
const KINDS = { channel: "canal", group: "grupo" };

function sayChoice(problem: ChoiceProblem, title: string): string {
  switch (problem.because) {
    case "outside":
      return `Todavía no soy administrador de “${title}”: toque aquí ${
        ADD[problem.where]
      } y elíjalo allí.`;
    case "other kind":
      return `“${title}” no es un ${KINDS[problem.where]}: toque de nuevo ${
        CHOOSE[problem.where]
      } y elija un ` +
        `${KINDS[problem.where]}.`;
    case "public":
      return `“${title}” es público y cualquiera puede leerlo: ábralo → Editar → Tipo de canal y toque “Privado”.`;
    case "other desk":
      return `“${title}” ya es el ${
        KINDS[problem.where]
      } del mostrador ${problem.desk}: toque de nuevo ${CHOOSE[problem.where]} y elija otro.`;
    case "other bot":
      return `@${problem.username} también publica en “${title}”. Si esa es su atención, toque de nuevo “Elegir o crear el ` +
        "canal” y elija otro: dos bots se estorban.";
    case "no rights":
      return `${
        sayProblem(problem)
      } Abra “${title}” → Editar → Administradores, tóqueme y actívelos.`;
    case "channel first":
      return `Ya estoy en “${title}”. Toque antes “Elegir o crear el canal”: el grupo se vincula a él.`;
    case "not linked":
      return `“${title}” no es el grupo de comentarios de “${problem.channel}”: abra “${problem.channel}” → Editar → ` +
        `Comentarios, elija allí “${title}” y toque “↻ Mirar de nuevo”; o toque “Elegir el grupo” y elija otro.`;
    case "basic group":
      return `“${title}” todavía es un grupo básico: abra el canal → Editar → Comentarios y elíjalo allí, lo que lo ` +
        "convierte en supergrupo; después toque “↻ Mirar de nuevo”.";
    case "topics":
      return `“${title}” tiene temas y no puede ser el grupo del canal: ábralo → Editar → Temas y desactívelos, o toque ` +
        "“Elegir el grupo” y elija otro.";
    case "other client":
      return `Su Telegram no conoce este botón: toque aquí ${
        ADD[problem.where]
      } en su lugar, o actualice Telegram.`;
    case "chosen already":
      return `“${title}” ya es el ${
        KINDS[problem.where]
      } de esta atención. Toque “↻ Mirar de nuevo” debajo de la ` +
        "lista para ver cómo está.";
    case "unanswered":
      return `Telegram no me dice nada de “${title}” ahora: toque de nuevo ${
        CHOOSE[problem.where]
      } dentro de un minuto.`;
  }
}
