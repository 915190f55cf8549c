window.cancelledScriptRan = true
