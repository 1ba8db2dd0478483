export default async function globalTeardown() {
  const server = globalThis.hubTestServer;
  globalThis.hubTestServer = undefined;
  await server?.stop();
}
