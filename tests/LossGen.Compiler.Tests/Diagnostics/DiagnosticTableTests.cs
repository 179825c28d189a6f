using System.Reflection;
using System.Text.RegularExpressions;
using LossGen.Compiler.Diagnostics;
using Xunit;

namespace LossGen.Compiler.Tests.Diagnostics;

public class DiagnosticTableTests
{
    [Fact]
    public void ListsEveryRowOnceInOrder()
    {
        IEnumerable<DiagnosticRow> declared = typeof(DiagnosticTable)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => (DiagnosticRow)field.GetValue(null)!)
            .OrderBy(row => row.Id, StringComparer.Ordinal);

        Assert.Equal(declared, DiagnosticTable.All);
        Assert.Equal(DiagnosticTable.All.Length, DiagnosticTable.All.Select(row => row.Id).Distinct().Count());
    }

    [Fact]
    public void EveryRowIsWellFormed() => Assert.All(DiagnosticTable.All, row =>
    {
        Assert.Matches("^LOSS0[0-59][0-9]{2}$", row.Id);
        Assert.False(row.Title.EndsWith('.'));
        Assert.EndsWith(".", row.MessageFormat);
        int[] used = [.. Regex.Matches(row.MessageFormat, @"\{(\d)\}").Select(m => int.Parse(m.Groups[1].Value)).Distinct().Order()];
        Assert.Equal(Enumerable.Range(0, used.Length), used);
    });

    [Fact]
    public void MessagesAreComparedByValue()
    {
        FormulaDiagnostic Create(string name) => FormulaDiagnostic.Create(DiagnosticTable.UnusedParameter, new TextSpan(1, 2), name);

        Assert.Equal(Create("a"), Create("a"));
        Assert.NotEqual(Create("a"), Create("b"));
        Assert.Equal("Parameter 'a' is not used by the formula; remove it, or use it.", Create("a").Message);
    }
}
