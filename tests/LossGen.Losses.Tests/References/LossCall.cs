using System.Linq.Expressions;
using System.Reflection;
using LossGen.Losses.Tests.Declarations;

namespace LossGen.Losses.Tests.References;

/// <summary>Calls an overload, or its gradient method, with the arguments of a case; outputs are filled with NaN before.</summary>
internal sealed class LossCall
{
    private LossCall(double[] values, Dictionary<string, double> parts, Dictionary<string, double[]> gradients) => (Values, Parts, Gradients) = (values, parts, gradients);

    /// <summary>The loss, or that of each element.</summary>
    public double[] Values { get; }

    public Dictionary<string, double> Parts { get; }

    public Dictionary<string, double[]> Gradients { get; }

    /// <summary>Whether the overload takes these arguments: all of them, with nothing missing, in elements that can hold them.</summary>
    public static bool Fits(DeclaredLoss loss, ReferenceCase arguments) =>
        loss.Class.Name == arguments.Class && loss.Name == arguments.Loss
        && arguments.Arguments.Keys.All(name => loss.Parameters.Any(p => p.Name == name))
        && loss.Parameters.All(p => p.IsOut || p == loss.Result || p.HasDefaultValue || IsSize(p, arguments) || (arguments.Arguments.TryGetValue(p.Name!, out double[]? values) && Holds(p, values)));

    public static LossCall Value(DeclaredLoss loss, ReferenceCase arguments) => Run(loss, loss.Method, arguments, []);

    /// <summary>Value and gradients; without an upstream, with its default.</summary>
    public static LossCall Gradient(DeclaredLoss loss, ReferenceCase arguments, params double[] upstream) => Run(loss, loss.Gradient, arguments, upstream);

    private static LossCall Run(DeclaredLoss loss, MethodInfo method, ReferenceCase arguments, double[] upstream)
    {
        Dictionary<string, Array> outputs = [];
        List<ParameterExpression> numbers = [];
        List<Expression> passed = [.. method.GetParameters().Select(Argument)];

        // A span lives on the stack only, so that reflection cannot pass it: the call is compiled.
        ParameterExpression value = Expression.Variable(typeof(double));
        Expression call = Expression.Call(method, passed), assigned = loss.Result is null ? Expression.Assign(value, Expression.Convert(call, typeof(double))) : call;
        IEnumerable<Expression> results = numbers.Select(p => (Expression)Expression.Convert(p, typeof(double))).Prepend(value);
        double[] got = Expression.Lambda<Func<double[]>>(
            Expression.Block(numbers.Prepend(value), assigned, Expression.NewArrayInit(typeof(double), results))).Compile()();

        Dictionary<string, double[]> written = outputs.ToDictionary(o => o.Key, o => o.Value.Cast<object>().Select(Convert.ToDouble).ToArray());
        foreach ((ParameterExpression number, double v) in numbers.Zip(got.Skip(1))) written.Add(number.Name!, [v]);
        ILookup<bool, KeyValuePair<string, double[]>> byKind = written.Where(w => w.Key != loss.Result?.Name).ToLookup(w => IsGradient(w.Key, arguments));
        return new(
            loss.Result is null ? [got[0]] : written[loss.Result.Name!], byKind[false].ToDictionary(p => p.Key, p => p.Value.Single()),
            byKind[true].ToDictionary(g => g.Key[..^"Gradient".Length], g => g.Value));

        Expression Argument(ParameterInfo parameter)
        {
            string name = parameter.Name!;
            if (parameter.IsOut)
            {
                numbers.Add(Expression.Variable(parameter.ParameterType.GetElementType()!, name));
                return numbers[^1];
            }

            if (DeclaredLoss.ElementOf(parameter.ParameterType) is not { } element)
                return Expression.Constant(Scalar(parameter, arguments, upstream), parameter.ParameterType);
            if (name == "upstream") return upstream.Length == 0 ? Expression.Default(parameter.ParameterType) : Span(Elements(upstream, element));
            if (arguments.Arguments.TryGetValue(name, out double[]? values)) return Span(Elements(values, element));
            int length = name == loss.Result?.Name ? arguments.Values.Length : arguments.Arguments[name[..^"Gradient".Length]].Length;
            return Span(outputs[name] = Elements([.. Enumerable.Repeat(double.NaN, length)], element));

            Expression Span(Array array) => Expression.Convert(Expression.Constant(array), parameter.ParameterType);
        }
    }

    private static object? Scalar(ParameterInfo parameter, ReferenceCase arguments, double[] upstream)
    {
        if (parameter.Name == "upstream") return upstream.Length == 0 ? parameter.DefaultValue : Convert.ChangeType(upstream.Single(), parameter.ParameterType);
        if (arguments.Arguments.TryGetValue(parameter.Name!, out double[]? given)) return Convert.ChangeType(given.Single(), parameter.ParameterType);
        return IsSize(parameter, arguments) ? arguments.Axes[parameter.Name!] : parameter.DefaultValue;
    }

    private static bool IsSize(ParameterInfo parameter, ReferenceCase arguments) => parameter.ParameterType == typeof(int) && arguments.Axes.ContainsKey(parameter.Name!);

    // The derivative by a number comes out like a part.
    private static bool IsGradient(string output, ReferenceCase arguments) =>
        output.EndsWith("Gradient", StringComparison.Ordinal) && arguments.Arguments.ContainsKey(output[..^"Gradient".Length]);

    private static bool Holds(ParameterInfo parameter, double[] values) =>
        DeclaredLoss.ElementOf(parameter.ParameterType) is not { } element || element != typeof(byte) || values.All(v => v is >= 0 and <= 255 && v == Math.Floor(v));

    private static Array Elements(double[] values, Type element)
    {
        Array array = Array.CreateInstance(element, values.Length);
        for (int i = 0; i < values.Length; i++) array.SetValue(Convert.ChangeType(values[i], element), i);
        return array;
    }
}
