using System.Linq.Expressions;
using System.Reflection;
using LossGen.Losses.Tests.Declarations;

namespace LossGen.Losses.Tests.References;

/// <summary>Calls an overload, or its gradient method, with the arguments of a case; outputs are filled with NaN before.</summary>
internal sealed class LossCall
{
    private LossCall(double value, Dictionary<string, double> parts, Dictionary<string, double[]> gradients) => (Value, Parts, Gradients) = (value, parts, gradients);

    public double Value { get; }

    public Dictionary<string, double> Parts { get; }

    public Dictionary<string, double[]> Gradients { get; }

    /// <summary>Whether the overload takes these arguments: all of them, with nothing missing, in elements that can hold them.</summary>
    public static bool Fits(CatalogueLoss loss, ReferenceCase arguments) =>
        loss.Class.Name == arguments.Class && loss.Name == arguments.Loss
        && arguments.Arguments.Keys.All(name => loss.Parameters.Any(p => p.Name == name))
        && loss.Parameters.All(p => p.IsOut || p.HasDefaultValue || IsSize(p, arguments) || (arguments.Arguments.TryGetValue(p.Name!, out double[]? values) && Holds(p, values)));

    public static LossCall Run(MethodInfo method, ReferenceCase arguments, double upstream = 1)
    {
        Dictionary<string, Array> gradients = [];
        List<ParameterExpression> parts = [];
        List<Expression> passed = [.. method.GetParameters().Select(Argument)];

        // A span lives on the stack only, so that reflection cannot pass it: the call is compiled.
        Expression call = Expression.Convert(Expression.Call(method, passed), typeof(double));
        ParameterExpression value = Expression.Variable(typeof(double));
        IEnumerable<Expression> results = parts.Select(p => (Expression)Expression.Convert(p, typeof(double))).Prepend(value);
        double[] got = Expression.Lambda<Func<double[]>>(
            Expression.Block(parts.Prepend(value), Expression.Assign(value, call), Expression.NewArrayInit(typeof(double), results))).Compile()();
        ILookup<bool, (string Name, double Value)> outputs = parts.Select((p, i) => (Name: p.Name!, Value: got[i + 1])).ToLookup(p => IsGradient(p.Name, arguments));
        return new(
            got[0], outputs[false].ToDictionary(p => p.Name, p => p.Value),
            gradients.Select(g => (By: g.Key, Values: g.Value.Cast<object>().Select(Convert.ToDouble).ToArray()))
                .Concat(outputs[true].Select(p => (By: p.Name[..^"Gradient".Length], Values: new[] { p.Value })))
                .ToDictionary(g => g.By, g => g.Values));

        Expression Argument(ParameterInfo parameter)
        {
            string name = parameter.Name!;
            if (parameter.IsOut)
            {
                parts.Add(Expression.Variable(parameter.ParameterType.GetElementType()!, name));
                return parts[^1];
            }

            if (CatalogueLoss.ElementOf(parameter.ParameterType) is not { } element)
                return Expression.Constant(Scalar(parameter, arguments, upstream), parameter.ParameterType);
            Array array;
            if (arguments.Arguments.TryGetValue(name, out double[]? values))
            {
                array = Elements(values, element);
            }
            else
            {
                string by = name[..^"Gradient".Length];
                array = gradients[by] = Elements([.. Enumerable.Repeat(double.NaN, arguments.Arguments[by].Length)], element);
            }

            return Expression.Convert(Expression.Constant(array), parameter.ParameterType);
        }
    }

    private static object? Scalar(ParameterInfo parameter, ReferenceCase arguments, double upstream)
    {
        if (parameter.Name == "upstream") return Convert.ChangeType(upstream, parameter.ParameterType);
        if (arguments.Arguments.TryGetValue(parameter.Name!, out double[]? given)) return Convert.ChangeType(given.Single(), parameter.ParameterType);
        return IsSize(parameter, arguments) ? arguments.Axes[parameter.Name!] : parameter.DefaultValue;
    }

    private static bool IsSize(ParameterInfo parameter, ReferenceCase arguments) => parameter.ParameterType == typeof(int) && arguments.Axes.ContainsKey(parameter.Name!);

    // The derivative by a number comes out like a part.
    private static bool IsGradient(string output, ReferenceCase arguments) =>
        output.EndsWith("Gradient", StringComparison.Ordinal) && arguments.Arguments.ContainsKey(output[..^"Gradient".Length]);

    private static bool Holds(ParameterInfo parameter, double[] values) =>
        CatalogueLoss.ElementOf(parameter.ParameterType) is not { } element || element != typeof(byte) || values.All(v => v is >= 0 and <= 255 && v == Math.Floor(v));

    private static Array Elements(double[] values, Type element)
    {
        Array array = Array.CreateInstance(element, values.Length);
        for (int i = 0; i < values.Length; i++) array.SetValue(Convert.ChangeType(values[i], element), i);
        return array;
    }
}
