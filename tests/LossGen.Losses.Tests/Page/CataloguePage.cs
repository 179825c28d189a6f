using System.Globalization;
using System.Reflection;
using System.Text;
using LossGen.Losses.Tests.Declarations;

namespace LossGen.Losses.Tests.Page;

/// <summary>The page docs/catalogue.md, written from the declarations: formula and gradient from the programs, words from the documentation.</summary>
internal static class CataloguePage
{
    private const string Head = """
        # The catalogue

        Every loss of the package `LossGen.Losses`, each declared in [the loss language](language.md) and callable from a formula of your own. This page is
        written from the declarations; a test compares it, and a run with `LOSSGEN_ACCEPT=1` writes it anew.

        - Each loss is a method in `float` and in `double`; those on masks also take a mask of bytes.
        - `…Elements` writes the loss of each element or sample into a span instead of a mean: what PyTorch calls `reduction='none'`. Its gradient
          takes one `upstream` for each.
        - `…Gradient` gives value and gradient in one call; the gradients stand below as it computes them, `upstream` being the derivative of what
          follows the loss. `…Program` is the loss as data.
        - Tensors are flat spans, row-major, with the axes in brackets; `[i]` stands for any shape.
        - Labels outside of their range throw, and so do lengths that do not fit together.
        - Where a formula has a kink, or a gradient that is a convention, the entry says which; what holds for the language as a whole stands in
          [its own page](language.md#kinks-and-poles).
        - The numbers behind each loss are checked against PyTorch or the formula of the paper: see [numerics](numerics.md#the-catalogue).

        """;

    public static string Write()
    {
        StringBuilder page = new(Head + "\n");
        IGrouping<Type, DeclaredLoss>[] classes = [.. DeclaredLoss.Catalogue.GroupBy(l => l.Class)];
        foreach (IGrouping<Type, DeclaredLoss> type in classes)
            page.Append(CultureInfo.InvariantCulture, $"- [{type.Key.Name}](#{Anchor(type.Key.Name)}): {string.Join(" ", type.Select(l => l.Name).Distinct().Select(n => $"[`{n}`](#{Anchor(n)})"))}\n");
        foreach (IGrouping<Type, DeclaredLoss> type in classes)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {type.Key.Name}\n\n{DocumentedMember.OfType(type.Key).Summary}\n");
            foreach (string name in type.Select(l => l.Name).Distinct())
            {
                page.Append(CultureInfo.InvariantCulture, $"\n### {name}\n");
                foreach (DocumentedMember member in DocumentedMember.OfMethods(type.Key, name)) Append(page, member, Overload(type, name, member));
            }
        }

        return page.ToString();
    }

    private static string Anchor(string heading) => heading.ToLowerInvariant();

    // The overload that has the documentation: the one whose parameters have the same types in the same order.
    private static DeclaredLoss Overload(IEnumerable<DeclaredLoss> losses, string name, DocumentedMember member) =>
        losses.Single(l => l.Name == name && l.Parameters.Select(p => TypeName(p.ParameterType)).SequenceEqual(member.ParameterTypes));

    private static string TypeName(Type type) =>
        DeclaredLoss.ElementOf(type) is { } element ? $"System.{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}{{{element.FullName}}}" : type.IsByRef ? type.GetElementType()!.FullName + "@" : type.FullName!;

    private static void Append(StringBuilder page, DocumentedMember member, DeclaredLoss loss)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n{member.Summary}\n\n```\n{loss.Program.Formula}\n```\n\n");
        foreach ((ParameterInfo parameter, LossProgramParameter declared) in loss.Parameters.Zip(loss.Program.Parameters))
            page.Append(CultureInfo.InvariantCulture, $"- `{parameter.Name}`{Kind(parameter, declared)}: {member.Parameter(parameter.Name!)}\n");
        page.Append(CultureInfo.InvariantCulture, $"{(loss.Result is null ? $"- Result: {member.Returns}\n" : "")}\n");
        foreach ((string topic, string words) in member.Remarks) page.Append(CultureInfo.InvariantCulture, $"**{topic}.** {words}\n\n");
        page.Append("```\n");
        foreach (LossProgramGradient gradient in loss.Program.Gradients) page.Append(CultureInfo.InvariantCulture, $"d/d{gradient.Parameter} = {gradient.Formula}\n");
        page.Append("```\n");
    }

    private static string Kind(ParameterInfo parameter, LossProgramParameter declared)
    {
        if (declared.Axes is { } axes) return $" `[{axes}]`";
        if (parameter.IsOut) return ", a part";
        string value = parameter.HasDefaultValue ? " = " + Default(parameter.DefaultValue!) : "";
        return parameter.ParameterType == typeof(float) ? value : $" (`{declared.Type}`){value}";
    }

    private static string Default(object value) => value is bool truth ? (truth ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
