/** What the tour says, in each language; `say` is what people write in it. */
export const TOUR = {
  pt: {
    show: "Mostrar",
    steps: [
      {
        title: "Uma cliente escreve",
        text:
          "À esquerda está o telefone da Maria. Escreva algo ao bot em nome dela: para ela, é a empresa que responde.",
      },
      {
        title: "A equipe recebe um cartão",
        text:
          "Cada cliente é uma publicação no canal da equipe: o cartão. Abra os comentários dele, ali está a conversa inteira.",
      },
      {
        title: "Quem quiser responde",
        text:
          "Comente como Ana. Maria recebe a resposta da empresa, sem saber quem a escreveu. Uma nota com # fica na equipe; uma barra mostra os comandos; o nome do bot, as respostas prontas.",
      },
      {
        title: "O que muda de um lado muda do outro",
        text:
          "Em ⋯ se edita, responde, reage e apaga. Uma edição aparece do outro lado; o que alguém apaga continua lá para os outros.",
      },
      {
        title: "Quebre alguma coisa",
        text:
          "Ligue 5xx, escreva mais e mate o bot. O que foi aceito espera na caixa de saída, e nada se perde.",
      },
      {
        title: "Tudo chegou, em ordem",
        text:
          "Desligue as falhas e veja a caixa se esvaziar. Depois copie a história, ou use o seu próprio token: é o mesmo bot, de verdade.",
      },
    ],
    say: {
      hello: "Bom dia! Vocês têm pão de centeio?",
      answer: "Bom dia, Maria! Temos sim, saindo do forno.",
      edited: "Bom dia! Vocês têm pão de centeio e de milho?",
      flood: ["Quero dois", "E um bolo de laranja", "Posso buscar às 17h?"],
    },
  },
  en: {
    show: "Show me",
    steps: [
      {
        title: "A customer writes",
        text:
          "On the left is Maria’s phone. Write something to the bot as her: to her, it is the company that answers.",
      },
      {
        title: "The team gets a card",
        text:
          "Each customer is one post in the team’s channel, the card. Open its comments: they are the whole conversation.",
      },
      {
        title: "Anybody answers",
        text:
          "Comment as Ana. Maria gets the company’s answer and never sees who wrote it. A note with # stays in the team, a slash shows the commands, the bot’s name the canned replies.",
      },
      {
        title: "What changes here changes there",
        text:
          "Behind ⋯ you edit, reply, react and delete. An edit shows on the other side; what somebody deletes stays there for the others.",
      },
      {
        title: "Break something",
        text:
          "Turn on 5xx, write some more, and kill the bot. What was accepted waits in the outbox, and nothing is lost.",
      },
      {
        title: "Everything has arrived",
        text:
          "Turn the faults off and watch the outbox drain. Then copy the story, or give your own token: it is the same bot, for real.",
      },
    ],
    say: {
      hello: "Good morning! Do you have rye bread?",
      answer: "Good morning, Maria! We do, fresh from the oven.",
      edited: "Good morning! Do you have rye and corn bread?",
      flood: ["Two of them, please", "And an orange cake", "Can I come at 5 pm?"],
    },
  },
  es: {
    show: "Mostrar",
    steps: [
      {
        title: "Una clienta escribe",
        text:
          "A la izquierda está el teléfono de Maria. Escribe algo al bot en su nombre: para ella responde la empresa.",
      },
      {
        title: "El equipo recibe una tarjeta",
        text:
          "Cada cliente es una publicación en el canal del equipo: la tarjeta. Abre sus comentarios, ahí está toda la conversación.",
      },
      {
        title: "Responde quien quiera",
        text:
          "Comenta como Ana. Maria recibe la respuesta de la empresa y nunca ve quién la escribió. Una nota con # queda en el equipo; una barra muestra los comandos; el nombre del bot, las respuestas guardadas.",
      },
      {
        title: "Lo que cambia aquí cambia allí",
        text:
          "En ⋯ se edita, responde, reacciona y borra. Una edición se ve al otro lado; lo que alguien borra sigue ahí para los demás.",
      },
      {
        title: "Rompe algo",
        text:
          "Enciende 5xx, escribe más y mata el bot. Lo aceptado espera en la bandeja de salida, y nada se pierde.",
      },
      {
        title: "Todo ha llegado, en orden",
        text:
          "Apaga los fallos y mira cómo se vacía la bandeja. Después copia la historia, o usa tu propio token: es el mismo bot, de verdad.",
      },
    ],
    say: {
      hello: "¡Buenos días! ¿Tienen pan de centeno?",
      answer: "¡Buenos días, Maria! Sí, recién salido del horno.",
      edited: "¡Buenos días! ¿Tienen pan de centeno y de maíz?",
      flood: ["Dos, por favor", "Y una tarta de naranja", "¿Puedo pasar a las 17 h?"],
    },
  },
};
