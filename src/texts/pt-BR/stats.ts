/** What is said about statistics, in the message and in the picture, in Brazilian Portuguese. */
import type { Texts } from "../notice.ts";
import { writeStats } from "../stats_message.ts";
import type { StatsNotice } from "../notices/stats.ts";

export const stats: Pick<Texts, StatsNotice["text"]> = {
  "stats": (said) => writeStats(said.stats, { language: "pt-BR", texts: stats, names: said.names }),
  "stats-label": ({ label }) =>
    ({
      "opened": "Conversas abertas",
      "closed": "Conversas fechadas",
      "waiting": "Esperando agora",
      "late": "Atrasadas",
      "autoclosed": "Encerradas sozinhas",
      "from-customers": "Mensagens de clientes",
      "from-team": "Mensagens da equipe",
      "half-wait": "Metade espera até",
      "most-wait": "9 de cada 10, até",
      "rating": "Nota média",
      "ratings": "Avaliações",
      "customers": "Clientes",
      "team": "Equipe",
      "messages-by-day": "Mensagens por dia",
      "wait-by-day": "Espera pela primeira resposta (mediana do dia)",
      "messages-by-hour": "Mensagens por hora do dia",
      "customers-by-hour": "Mensagens de clientes por hora do dia",
      "agents": "Por atendente: mensagens · espera",
      "agent-columns": "Por atendente: mensagens · primeiras respostas · metade em até",
      "today": "hoje",
    })[label],
  "stats-period": ({ days }) => `Últimos ${days} dias`,
  "stats-how": () =>
    "Escreva /estatisticas para os últimos 7 dias, ou /estatisticas 30d para os últimos 30.",
  "stats-none": () =>
    "Nenhuma conversa neste período. Assim que os clientes escreverem, os números aparecem aqui.",
  "stats-waits": ({ median, p90 }) =>
    `Primeira resposta: metade em até ${median}, 9 de cada 10 em até ${p90}`,
  "stats-no-waits": () => "Primeira resposta: ninguém esperou por uma neste período",
  "stats-ratings": ({ mean, count }) => `Avaliações: ${count}, nota média ${mean} de 5`,
  "stats-nameless": ({ agentId }) =>
    agentId === 0 ? "Em nome do canal" : `Atendente ${String(agentId).slice(-4)}`,
  "stats-more": ({ count }) => `… e mais ${count}`,
};
