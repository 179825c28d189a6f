namespace LossGen.Tool.Schema;

/// <summary>A sum: a constant, and sizes of axes times factors. An int argument <c>k</c> stands among the axes as <c>@k</c>.</summary>
internal sealed record ExportedForm(long Constant, Dictionary<string, long> Terms);

/// <summary>How the size of an axis follows.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Rule"><c>argument</c>: an int argument. <c>length</c>: a tensor's number of elements over a product, or 0 where that is 0.
/// <c>dimension</c>: a tensor's length along one of its axes. <c>computed</c>: from other sizes.</param>
/// <param name="Parameter">The argument or the tensor.</param>
/// <param name="Divisor">Factors of the product.</param>
/// <param name="Dimension">Which axis of the tensor, from 0.</param>
/// <param name="Expression">What is computed.</param>
internal sealed record ExportedSize(string Axis, string Rule, string? Parameter = null, ExportedForm[]? Divisor = null, int? Dimension = null, ExportedExpression? Expression = null);

/// <summary>
/// Either a form or an operation on two: <c>add</c>, <c>subtract</c>, <c>multiply</c>, <c>max</c>, <c>min</c>, and <c>floorDivide</c> and
/// <c>floorModulo</c>, which are 0 for a divisor of 0.
/// </summary>
internal sealed record ExportedExpression(ExportedForm? Form = null, string? Operation = null, ExportedExpression? Left = null, ExportedExpression? Right = null);
