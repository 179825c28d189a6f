using System.Globalization;
using LossGen.Compiler.Diagnostics;
using LossGen.Generator.Reporting;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>The table of diagnostics, the release files, the page of the documentation and the help links agree.</summary>
public class DiagnosticPageTests
{
    private static readonly string[] Page = Repository.Lines("docs/diagnostics.md");

    [Fact]
    public void Ids_are_unique_and_well_formed()
    {
        Assert.Equal(DiagnosticTable.All.Select(row => row.Id).Distinct(), DiagnosticTable.All.Select(row => row.Id));
        Assert.All(DiagnosticTable.All, row => Assert.Matches("^LOSS0[0-9]{3}$", row.Id));
    }

    [Fact]
    public void Every_row_has_a_line_in_the_release_files()
    {
        string[] released = [.. new[] { "Shipped", "Unshipped" }
            .SelectMany(name => Repository.Lines($"generator/LossGen.Generator/AnalyzerReleases.{name}.md"))
            .Where(line => line.StartsWith("LOSS", StringComparison.Ordinal))];
        Assert.Equal(DiagnosticTable.All.Select(row => $"{row.Id} | LossGen | {row.Level} | {row.Title}").Order(StringComparer.Ordinal), released);
    }

    [Fact]
    public void Every_row_has_a_heading_and_its_title_on_the_page()
    {
        string[] headings = [.. Page.Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..])];
        Assert.Equal(DiagnosticTable.All.Select(row => row.Id).Order(StringComparer.Ordinal), headings);
        foreach (DiagnosticRow row in DiagnosticTable.All)
        {
            int heading = Array.IndexOf(Page, "### " + row.Id);
            string level = row.Level switch { DiagnosticLevel.Error => "error", DiagnosticLevel.Warning => "warning", _ => "hint" };
            Assert.StartsWith($"**{row.Title}** ({level}). ", Page[heading + 2], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Help_links_lead_to_the_headings()
    {
        foreach (DiagnosticRow row in DiagnosticTable.All)
        {
            DiagnosticDescriptor descriptor = Descriptors.Of(row);
            Assert.Equal(
                "https://github.com/lossgen/lossgen/blob/main/docs/diagnostics.md#" + row.Id.ToLower(CultureInfo.InvariantCulture), descriptor.HelpLinkUri);
            Assert.Equal(row.Title, descriptor.Title.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(row.Level.ToString(), descriptor.DefaultSeverity.ToString());
        }
    }

    [Fact]
    public void The_analyzer_may_report_everything_below_an_error() =>
        Assert.Equal(
            DiagnosticTable.All.Where(row => row.Level != DiagnosticLevel.Error).Select(row => row.Id), Descriptors.BelowError.Select(d => d.Id));

    [Fact]
    public void The_analyzer_supports_everything_below_an_error() =>
        Assert.Equal(Descriptors.BelowError, new LossAnalyzer().SupportedDiagnostics);
}
