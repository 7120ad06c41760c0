package dev.migrator.core.present;

/** How the page looks. Contrast is at least 4.5 to 1 in both schemes. */
final class PlanHtmlStyle {
    static final String CSS = """
            :root {
              color-scheme: light dark;
              --back: #ffffff; --card: #f6f7f9; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de;
              --create: #116329; --change: #7d4e00; --retire: #b3261e; --loss: #b3261e; --loss-back: #fff1ef;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --back: #0d1117; --card: #161b22; --text: #e6edf3; --quiet: #9aa5b1; --line: #30363d;
                --create: #56d364; --change: #e3b341; --retire: #ff8a80; --loss: #ff8a80; --loss-back: #2d1a1a;
              }
            }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--back); color: var(--text);
              font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
            main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.5rem; margin: 0; }
            h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
            h3 { font-size: 1rem; margin: 0; font-weight: 500; overflow-wrap: anywhere; }
            h4 { font-size: .85rem; margin: .75rem 0 .25rem; color: var(--quiet); }
            code, pre, table { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
            code { font-size: .92em; overflow-wrap: anywhere; }
            p { margin: .25rem 0; }
            ul { margin: .25rem 0; padding-left: 1.25rem; }
            .quiet, .number, .to, footer, dt { color: var(--quiet); }
            .counts { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
            .counts b { font-size: 1.15rem; }
            .create .verb, .counts .create { color: var(--create); }
            .change .verb, .counts .change { color: var(--change); }
            .retire .verb, .counts .retire, .purge .verb, .counts .purge { color: var(--retire); }
            .verb { font-weight: 700; }
            .note { border-left: .25rem solid var(--line); padding: .25rem .75rem; margin: 1rem 0; overflow-wrap: anywhere; }
            .note h2 { margin: 0; font-size: 1rem; }
            .note.caution { border-color: var(--loss); background: var(--loss-back); }
            article { background: var(--card); border: 1px solid var(--line); border-left-width: .3rem; border-radius: .4rem;
              padding: .6rem .8rem; margin: .6rem 0; break-inside: avoid; }
            article.create { border-left-color: var(--create); }
            article.change { border-left-color: var(--change); }
            article.retire, article.purge { border-left-color: var(--retire); }
            .badge { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem;
              font-size: .85rem; color: var(--quiet); }
            .badge.loss, .badge.risk-destructive, .badge.risk-one-way { color: var(--loss); border-color: currentColor;
              font-weight: 700; }
            table { border-collapse: collapse; font-size: .9rem; margin: .4rem 0; }
            th, td { text-align: left; vertical-align: top; padding: .1rem .9rem .1rem 0; overflow-wrap: anywhere; }
            th { font-weight: 500; color: var(--quiet); }
            ins { text-decoration: none; font-weight: 700; }
            del { color: var(--quiet); text-decoration: none; }
            .impact { font-size: .95rem; overflow-wrap: anywhere; }
            .impact .loss { color: var(--loss); font-weight: 700; }
            details { margin-top: .4rem; }
            summary { cursor: pointer; color: var(--quiet); padding: .35rem 0; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--back); border: 1px solid var(--line);
              border-radius: .3rem; padding: .5rem; font-size: .85rem; margin: 0; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .25rem 0; }
            dd { margin: 0; overflow-wrap: anywhere; }
            footer { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: .5rem; font-size: .9rem;
              overflow-wrap: anywhere; }
            @media print {
              :root { color-scheme: light; --back: #fff; --card: #fff; --text: #000; --quiet: #444; }
              main { max-width: none; padding: 0; }
              details::details-content { content-visibility: visible; block-size: auto; }
              summary { display: none; }
            }
            """;

    private PlanHtmlStyle() {}
}
