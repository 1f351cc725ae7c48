// Shows push messages, and opens what one is about when it is clicked.
self.addEventListener("push", (event) => {
  const { title, id } = event.data.json();
  // A newer message about the same object replaces an older one.
  event.waitUntil(self.registration.showNotification(title, { tag: id, renotify: true, data: { id } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(new URL(`./?id=${event.notification.data.id}`, self.registration.scope).href));
});

async function show(address) {
  const [window] = await self.clients.matchAll({ type: "window" });
  return window ? (await window.navigate(address)).focus() : self.clients.openWindow(address);
}
