using LossGen.Cases;
using LossGen.Compiler.Model;

namespace LossGen.Fuzz.Tests.Grammar;

/// <summary>A loss that formulas may call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters, as cases write them.</param>
/// <param name="Formula">Its formula.</param>
internal sealed record Callee(string Name, string Parameters, string Formula)
{
    /// <summary>Its declaration as a member of the caller's class.</summary>
    public string Member
    {
        get
        {
            IEnumerable<string> parameters = List.Select(p => p.Declaration(ElementType.Double).Replace("double", "real") + (p.Value is { } value && !p.IsTensor ? $" = {value:R}" : ""));
            return $"[Loss(\"{Formula}\")] public static partial real {Name}({string.Join(", ", parameters)});";
        }
    }

    public LossSignature Signature(ElementType real) => CaseSpec.Signature(Name, List, Formula, real);

    private IEnumerable<CaseParameter> List => Parameters.Split(';').Select(CaseParameter.Parse);
}
