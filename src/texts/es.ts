/** Spanish. */
import type { Undeliverable } from "../notice.ts";
import type { Texts } from "./texts.ts";

export const spanish: Texts = {
  "welcome": () =>
    "¡Hola! Escriba su mensaje aquí y nuestro equipo le responderá lo antes posible.",
  "source": ({ source }) => `ℹ️ Llegó por el enlace: ${source}`,
  "undeliverable": ({ why }) => `⚠️ No se pudo entregar este mensaje: ${reason(why)}`,
  "blocked": () => "🚫 Este cliente bloqueó el bot. Lo que se escriba aquí se entregará si vuelve.",
  "unblocked": () => "✅ Este cliente desbloqueó el bot y se le puede responder de nuevo.",
  "team-in-private": () =>
    "Usted es del equipo. Responda a los clientes en los comentarios del canal, no aquí.",
};

function reason(why: Undeliverable): string {
  switch (why.because) {
    case "kind":
      return "Telegram no permite copiar este tipo de mensaje. " +
        "Envíelo como texto, foto, video o archivo.";
    case "refused":
      return "Telegram lo rechazó.";
    case "deleted":
      return "se borró antes de poder copiarlo.";
    case "blocked":
      return "el cliente bloqueó el bot hace muchos días.";
    case "time":
      return "Telegram no respondió durante demasiado tiempo. Envíelo de nuevo.";
    case "gone":
      return "la cuenta de este cliente ya no existe.";
  }
}
