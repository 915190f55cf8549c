document.title = typeof window.bridge
