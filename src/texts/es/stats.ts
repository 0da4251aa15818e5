/** What is said about statistics, in the message and in the picture, in Spanish. */
import type { Texts } from "../notice.ts";
import { writeStats } from "../stats_message.ts";
import type { StatsNotice } from "../notices/stats.ts";

export const stats: Pick<Texts, StatsNotice["text"]> = {
  "stats": (said) => writeStats(said.stats, { language: "es", texts: stats, names: said.names }),
  "stats-label": ({ label }) =>
    ({
      "opened": "Conversaciones abiertas",
      "closed": "Conversaciones cerradas",
      "waiting": "Esperando ahora",
      "late": "Con retraso",
      "autoclosed": "Cerradas solas",
      "from-customers": "Mensajes de clientes",
      "from-team": "Mensajes del equipo",
      "half-wait": "La mitad espera hasta",
      "most-wait": "9 de cada 10, hasta",
      "rating": "Nota media",
      "ratings": "Valoraciones",
      "customers": "Clientes",
      "team": "Equipo",
      "messages-by-day": "Mensajes por día",
      "wait-by-day": "Espera de la primera respuesta (mediana del día)",
      "messages-by-hour": "Mensajes por hora del día",
      "customers-by-hour": "Mensajes de clientes por hora del día",
      "agents": "Por agente: mensajes · espera",
      "agent-columns": "Por agente: mensajes · primeras respuestas · la mitad en hasta",
      "today": "hoy",
    })[label],
  "stats-period": ({ days }) => `Últimos ${days} días`,
  "stats-how": () => "Escriba /stats para los últimos 7 días, o /stats 30d para los últimos 30.",
  "stats-none": () =>
    "Ninguna conversación en este período. En cuanto escriban los clientes, los números aparecen aquí.",
  "stats-waits": ({ median, p90 }) =>
    `Primera respuesta: la mitad en hasta ${median}, 9 de cada 10 en hasta ${p90}`,
  "stats-no-waits": () => "Primera respuesta: nadie esperó una en este período",
  "stats-ratings": ({ mean, count }) => `Valoraciones: ${count}, nota media ${mean} de 5`,
  "stats-nameless": ({ agentId }) =>
    agentId === 0 ? "En nombre del canal" : `Agente ${String(agentId).slice(-4)}`,
  "stats-more": ({ count }) => `… y ${count} más`,
};
