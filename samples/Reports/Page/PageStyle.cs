namespace Reports.Page;

/// <summary>The look of a page, in a light and a dark scheme.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet. It has no character that XML would write differently from HTML.</summary>
    public const string Css = """

        :root {
          --paper: #ffffff; --panel: #f6f7f9; --text: #1b1f24; --faint: #5b6570; --line: #dfe3e8; --axis: #8a949e;
          --first: #1d5fbf; --second: #c4470e; --good: #1c7a43; --warn: #a15c00; --bad: #b3261e; --ink: #1b1f24;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14171b; --panel: #1d2126; --text: #e6e9ec; --faint: #9aa5b0; --line: #30363d; --axis: #6b7681;
            --first: #7db4ff; --second: #ffa266; --good: #63c98b; --warn: #e8b04b; --bad: #ff8a80; --ink: #e6e9ec;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--text);
               font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 948px; margin: 0 auto; padding: 32px 24px 64px; }
        h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; }
        h2 { font-size: 21px; line-height: 1.3; margin: 44px 0 12px; }
        h3 { font-size: 15px; margin: 0; }
        p { margin: 0 0 14px; max-width: 74ch; }
        .lead { color: var(--faint); font-size: 17px; margin-bottom: 22px; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: 14.5px; }
        th, td { text-align: left; vertical-align: top; padding: 7px 18px 7px 0; border-bottom: 1px solid var(--line); font-weight: normal; }
        thead th { color: var(--faint); font-size: 13px; border-bottom-color: var(--axis); }
        tbody th { font-weight: 600; }
        .figures td, .figures thead th + th { text-align: right; font-variant-numeric: tabular-nums; padding-left: 12px; }
        .rules th { white-space: nowrap; }
        .rules { width: 100%; font-size: 13.5px; }
        .rules .hit { color: var(--first); }
        .images td, .images th { text-align: center; border: 0; padding: 4px 14px 6px 0; }
        .images span { display: block; color: var(--faint); font-size: 13px; }
        .keys span { margin-right: 18px; font-size: 14px; }
        .verdict { background: var(--panel); border-left: 4px solid var(--warn); border-radius: 4px; padding: 12px 16px; max-width: none; }
        .verdict-healthy { border-left-color: var(--good); }
        .verdict-diverging, .verdict-oscillating, .verdict-overfitting { border-left-color: var(--bad); }
        .measured { color: var(--faint); }
        figure { margin: 20px 0 0; min-width: 0; }
        figcaption { color: var(--faint); font-size: 13px; font-variant-numeric: tabular-nums; padding-left: 4px; }
        .head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 16px; align-items: baseline; margin-bottom: 2px; }
        .legend { display: flex; gap: 14px; font-size: 13px; color: var(--faint); }
        .legend span { display: inline-flex; align-items: center; gap: 6px; }
        .sample { width: 28px; height: 8px; }
        .parts { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 20px; }
        .chart { display: block; width: 100%; height: auto; }
        .chart text { font-size: 12px; fill: var(--faint); font-variant-numeric: tabular-nums; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .axis { stroke: var(--axis); stroke-width: 1; }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .curve-1 { stroke: var(--first); }
        .curve-2 { stroke: var(--second); stroke-dasharray: 6 4; }
        .mark { fill: var(--paper); stroke-width: 2; }
        .mark-1 { stroke: var(--first); }
        .mark-2 { stroke: var(--second); }
        .pixels { display: block; width: 120px; height: 120px; background: var(--panel); }
        .ink { fill: var(--ink); }
        .found { fill: var(--first); }
        .missed { fill: var(--axis); }
        .invented { fill: var(--second); }
        .keys i { display: inline-block; width: 11px; height: 11px; margin-right: 6px; border-radius: 2px; }
        .keys .found { background: var(--first); }
        .keys .missed { background: var(--axis); }
        .keys .invented { background: var(--second); }
        details { margin-top: 16px; font-size: 14.5px; }
        summary { cursor: pointer; color: var(--faint); }
        pre { background: var(--panel); border-radius: 4px; padding: 12px 16px; overflow-x: auto; font: 13px/1.5 ui-monospace, Consolas, Menlo, monospace; }
        @media (max-width: 720px) { .parts { grid-template-columns: 1fr; } }

        """;
}
