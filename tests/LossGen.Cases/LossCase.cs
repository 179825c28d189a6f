using LossGen.Compiler.Model;

namespace LossGen.Cases;

/// <summary>One declared loss with the sizes at which it is compared with the oracle.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Signature">The parameters, separated by semicolons; see <see cref="CaseParameter"/>.</param>
/// <param name="Formula">The formula.</param>
/// <param name="Shapes">Sizes of the axes, as <c>n=3,c=10</c>.</param>
/// <param name="Members">Other members of its class, such as losses that it calls; <c>real</c> stands for the method's real type.</param>
/// <param name="Reference">What the oracle computes instead, where the formula as written overflows and compiled code must not.</param>
internal sealed record LossCase(string Name, string Signature, string Formula, string[] Shapes, string Members = "", string? Reference = null)
{
    /// <summary>Whether it has the method with second derivatives.</summary>
    public bool HasCurvature { get; init; }

    public CaseParameter[] Parameters { get; } = Signature.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(CaseParameter.Parse).ToArray();

    public IEnumerable<CaseParameter> Tensors => Parameters.Where(p => p.IsTensor);

    public IEnumerable<CaseParameter> Scalars => Parameters.Where(p => p.IsScalar);

    public IEnumerable<CaseParameter> Parts => Parameters.Where(p => p.IsPart);

    /// <summary>The span that receives the result; null for a loss that returns it.</summary>
    public CaseParameter? Result => Parameters.FirstOrDefault(p => p.IsResult);

    /// <summary>The real types that it is compiled in: results in Half are computed in float.</summary>
    public ElementType[] Reals => Result?.TypeName == "Half" ? [ElementType.Single] : [ElementType.Single, ElementType.Double];

    /// <summary>The parameters with a gradient: the marked ones, or the first floating-point tensor.</summary>
    public CaseParameter[] Differentiated =>
        Parameters.Any(p => p.IsMarked) ? Parameters.Where(p => p.IsMarked).ToArray() : [Tensors.First(p => p.IsReal)];

    /// <summary>The same with every tensor as a tensor span.</summary>
    public LossCase OfTensorSpans()
    {
        IEnumerable<string> parameters = Signature.Split(';').Zip(Parameters, (text, p) => p.IsTensor ? $"{p.Name}{(p.IsMarked ? "!" : "")} tensor {text.Trim()[(p.Name.Length + (p.IsMarked ? 1 : 0))..].TrimStart()}" : text.Trim());
        return this with { Name = Name + " of tensor spans", Signature = string.Join("; ", parameters) };
    }

    public bool GivesSize(CaseParameter parameter) => Parameters.Where(p => p.Axes is not null).Any(t => t.AxisList.Any(a => a.Name == parameter.Name));

    /// <summary>The size of every axis, fixed and equal ones included.</summary>
    public Dictionary<string, int> Sizes(string shape)
    {
        Dictionary<string, int> sizes = shape.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=')).ToDictionary(p => p[0].Trim(), p => int.Parse(p[1]));
        foreach ((string name, string? size) in Parameters.Where(p => p.Axes is not null).SelectMany(t => t.AxisList))
            if (size is not null) sizes[name] = int.TryParse(size, out int number) ? number : sizes[size];
        return sizes;
    }

    public int LengthOf(CaseParameter tensor, Dictionary<string, int> sizes) =>
        tensor.AxisList.Aggregate(1, (product, axis) => checked(product * sizes[axis.Name]));
}
