// Registers this browser for the viewer's push messages. `ask(document, variables)` returns the API's data.
const KEY = "query PushKey { viewer { pushKey } }";
const REGISTER = `mutation RegisterBrowser($input: DeviceRegisterInput!) {
  deviceRegister(input: $input) { device { id } userErrors { code field message } }
}`;

/** Call this from a click: browsers don't ask for permission otherwise. Null if the user declines. */
export async function turnOn(ask, name) {
  if ((await Notification.requestPermission()) !== "granted") return null;
  await navigator.serviceWorker.register("./service-worker.js");
  return register(ask, name, await navigator.serviceWorker.ready);
}

/** Call this after each sign-in as well: a device gets messages until the session ends. */
export async function register(ask, name, { pushManager }) {
  const { viewer } = await ask(KEY);
  let subscription = await pushManager.getSubscription();
  if (subscription && keyOf(subscription) !== viewer.pushKey) {
    await subscription.unsubscribe();
    subscription = null;
  }
  const options = { userVisibleOnly: true, applicationServerKey: viewer.pushKey };
  subscription ??= await pushManager.subscribe(options);
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys;
  const input = { kind: "WEB", name, address: endpoint, p256dh, auth };
  return (await ask(REGISTER, { input })).deviceRegister;
}

/** The key that a subscription was made with, in base64url. */
function keyOf({ options }) {
  const bytes = String.fromCharCode(...new Uint8Array(options.applicationServerKey));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
