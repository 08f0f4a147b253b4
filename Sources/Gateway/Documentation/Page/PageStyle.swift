/// The page's look, in light and dark as the reader's system has it.
enum PageStyle {
  static let text = """
    :root {
      color-scheme: light dark;
      --ink: #1b1f24; --paper: #ffffff; --quiet: #57606a; --line: #d0d7de; --field: #f6f8fa;
      --accent: #0a58ca; --get: #0b6e4f; --post: #8a3c00; --bad: #b3261e;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e6edf3; --paper: #0d1117; --quiet: #9aa4af; --line: #30363d; --field: #161b22;
        --accent: #7ab7ff; --get: #5fd3a5; --post: #ffb27a; --bad: #ff8a80;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
    }
    h1 { margin-bottom: 0; }
    h2 { margin: 2rem 0 .5rem; text-transform: capitalize; }
    h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
    a { color: var(--accent); }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .quiet { color: var(--quiet); }
    details.operation { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; }
    details.operation > summary { cursor: pointer; padding: .5rem .75rem; overflow-wrap: anywhere; }
    details.operation > div { border-top: 1px solid var(--line); padding: .25rem .75rem .75rem; }
    .method { display: inline-block; min-width: 4rem; font-weight: 700; color: var(--post); }
    .method.get { color: var(--get); }
    code, pre, input, textarea { font-family: ui-monospace, monospace; font-size: .9rem; }
    pre {
      background: var(--field); border: 1px solid var(--line); border-radius: .4rem;
      padding: .5rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere;
    }
    .field { margin: .5rem 0; }
    .field label { display: block; font-weight: 600; }
    .field input {
      width: 100%; padding: .35rem .5rem; color: var(--ink); background: var(--field);
      border: 1px solid var(--quiet); border-radius: .3rem;
    }
    button {
      padding: .4rem 1rem; border: 1px solid var(--accent); border-radius: .3rem;
      background: var(--accent); color: var(--paper); font: inherit; cursor: pointer;
    }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; vertical-align: top; padding: .2rem .75rem .2rem 0; }
    .bad { color: var(--bad); }

    """
}
