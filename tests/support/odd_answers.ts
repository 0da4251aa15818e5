/** What a caller may get in the place of Telegram's answer, as a body. */
export const ODD_ANSWERS: readonly string[] = [
  "<html><head><title>Sign in to the network</title></head><body>…</body></html>",
  "",
  "null",
  "5",
  "[]",
  '"ok"',
  "{}",
  '{"ok":true}',
  '{"ok":true,"result":null}',
  '{"ok":true,"result":{}}',
  '{"ok":true,"result":"x"}',
  '{"ok":true,"result":[null,5,"x",{}]}',
  '{"ok":"true","result":{"message_id":1}}',
  '{"ok":true,"result":{"message_id":"1"}}',
  '{"ok":true,"result":{"message_id":1e308}}',
  '{"ok":false}',
  '{"ok":false,"error_code":"400"}',
  '{"ok":false,"error_code":400}',
  '{"ok":false,"error_code":null,"description":null}',
  '{"ok":false,"error_code":429,"description":5,"parameters":5}',
];

/** Refusals that say in an odd way how long to wait. */
export const ODD_WAITS: readonly string[] = [
  '"soon"',
  "null",
  "{}",
  "-5",
  "1e308",
  "[5]",
].map((wait) =>
  `{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":${wait}}}`
);
