document.title = typeof window.fixture
