// What the service worker does with a message from the server: show it, and open what
// one is asked for when it is pressed. The message names no resident.
self.addEventListener('push', (e) => {
  let m = {}
  try { m = e.data ? e.data.json() : {} } catch { m = {} }
  e.waitUntil(self.registration.showNotification(m.title || '守望', { body: m.body || '', tag: m.id, icon: '/icon-192.png', lang: 'zh-CN' }))
})
self.addEventListener('notificationclick', (e) => {
  e.notification.close()
  e.waitUntil(self.clients.matchAll({ type: 'window' }).then((all) => {
    const there = all.find((c) => new URL(c.url).pathname === '/m/asks')
    return there ? there.focus() : self.clients.openWindow('/m/asks')
  }))
})
