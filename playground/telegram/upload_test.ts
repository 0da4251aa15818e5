import { assertEquals } from "@std/assert";
import { sizeOfImage } from "./image.ts";
import { scene } from "./scene.ts";

const MIB = 1024 * 1024;

/** The beginning of a PNG file, as long as wanted. */
function png(width: number, height: number, length = 64): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** A scene with a way to upload a file, and to download what a message shows. */
function uploadScene() {
  const all = scene();
  const { telegram, bot, group, call } = all;
  const upload = async (
    method: "sendPhoto" | "sendDocument",
    bytes: Uint8Array<ArrayBuffer>,
    fileName = "chart.png",
  ) => {
    const form = new FormData();
    form.set("chat_id", String(group.id));
    form.set("caption", "Last week");
    form.set(method.slice(4).toLowerCase(), new File([bytes], fileName, { type: "image/png" }));
    const address = `https://api.telegram.org/bot${bot.token}/${method}`;
    return await (await telegram.fetch(address, { method: "POST", body: form })).json();
  };
  const download = async (file_id: string) => {
    const { result } = await call("getFile", { file_id });
    const address = `https://api.telegram.org/file/bot${bot.token}/${result.file_path}`;
    return new Uint8Array(await (await telegram.fetch(address)).arrayBuffer());
  };
  return { ...all, upload, download };
}

Deno.test("an uploaded photo has its own size, and its bytes can be had again", async () => {
  const { telegram, group, upload, download } = uploadScene();
  const bytes = png(1200, 675);
  bytes[40] = 7;
  const { result } = await upload("sendPhoto", bytes);
  const [photo] = result.photo;
  assertEquals([photo.width, photo.height, photo.file_size], [1200, 675, 64]);
  assertEquals(result.caption, "Last week");
  assertEquals(await download(photo.file_id), bytes);
  assertEquals(telegram.download(group.messages.at(-1)!), bytes);
  await telegram.close();
});

Deno.test("so can an uploaded file's, under its own name", async () => {
  const { telegram, group, upload, download } = uploadScene();
  const bytes = new TextEncoder().encode('{"name":"Eva"}');
  const { result } = await upload("sendDocument", bytes, "data.json");
  const { file_name, file_size, mime_type } = result.document;
  assertEquals([file_name, file_size, mime_type], ["data.json", bytes.length, "image/png"]);
  assertEquals(await download(result.document.file_id), bytes);
  assertEquals(telegram.download(group.messages.at(-1)!), bytes);
  assertEquals(telegram.download(group.messages[0]!), undefined);
  await telegram.close();
});

Deno.test("a photo has at most 10 megabytes, a file 50", async () => {
  const { telegram, upload } = uploadScene();
  assertEquals((await upload("sendPhoto", png(100, 100, 10 * MIB))).ok, true);
  assertEquals(
    (await upload("sendPhoto", png(100, 100, 10 * MIB + 1))).description,
    "Bad Request: file of size 10485761 bytes is too big for a photo; " +
      "the maximum size is 10485760 bytes",
  );
  assertEquals((await upload("sendDocument", png(100, 100, 10 * MIB + 1))).ok, true);
  const tooBig = await upload("sendDocument", new Uint8Array(50 * MIB + 1));
  assertEquals([tooBig.error_code, tooBig.description], [413, "Request Entity Too Large"]);
  await telegram.close();
});

Deno.test("an empty file is refused", async () => {
  const { telegram, upload } = uploadScene();
  assertEquals(
    (await upload("sendDocument", new Uint8Array())).description,
    "Bad Request: file must be non-empty",
  );
  await telegram.close();
});

Deno.test("a photo is a picture, not too large and not too narrow", async () => {
  const { telegram, upload } = uploadScene();
  const words = async (bytes: Uint8Array<ArrayBuffer>) =>
    (await upload("sendPhoto", bytes)).description;
  assertEquals(
    await words(new TextEncoder().encode("<svg/>")),
    "Bad Request: IMAGE_PROCESS_FAILED",
  );
  assertEquals(await words(png(9000, 1000)), undefined);
  assertEquals(await words(png(9000, 1001)), "Bad Request: PHOTO_INVALID_DIMENSIONS");
  assertEquals(await words(png(2000, 100)), undefined);
  assertEquals(await words(png(100, 2001)), "Bad Request: PHOTO_INVALID_DIMENSIONS");
  await telegram.close();
});

Deno.test("the size of a picture is read from whatever type it is", () => {
  const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const size = { width: 300, height: 200 };
  assertEquals(sizeOfImage(png(300, 200)), size);
  assertEquals(sizeOfImage(bytes("GIF89a\x2c\x01\xc8\x00")), size);
  const jpeg = "\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\xc8\x01\x2c\x01\x01\x11\x00";
  assertEquals(sizeOfImage(bytes(jpeg)), size);
  const lossy = "RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x2c\x01\xc8\x00";
  assertEquals(sizeOfImage(bytes(lossy)), size);
  const lossless = "RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x2b\xc1\x31\x00";
  assertEquals(sizeOfImage(bytes(lossless)), size);
  const extended = "RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x2b\x01\x00\xc7\x00\x00";
  assertEquals(sizeOfImage(bytes(extended)), size);
  assertEquals(sizeOfImage(bytes("\xff\xd8\xff\xe0")), undefined);
  assertEquals(sizeOfImage(bytes("RIFF\0\0\0\0WEBPJUNK")), undefined);
  assertEquals(sizeOfImage(bytes("hello, world")), undefined);
});
