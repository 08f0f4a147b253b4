/// The page's frame; its script fills it from the document.
enum PageMarkup {
  static let text = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Sallyport: endpoints</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="page.css">
    <script src="page.js" defer></script>
    </head>
    <body>
    <header>
    <h1 id="title">Sallyport</h1>
    <p id="summary"></p>
    <p id="description"></p>
    <p><a href="doc.json">The OpenAPI 3.1 document</a></p>
    </header>
    <main id="endpoints"><p id="state" role="status">Reading the document…</p></main>
    <noscript><p>This page needs JavaScript; the document itself does not.</p></noscript>
    </body>
    </html>

    """
}
