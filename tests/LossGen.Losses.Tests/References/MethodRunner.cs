using System.Linq.Expressions;
using System.Reflection;
using LossGen.Losses.Tests.Declarations;

namespace LossGen.Losses.Tests.References;

/// <summary>Calls the methods themselves.</summary>
internal sealed class MethodRunner : ILossRunner
{
    public LossResults Value(DeclaredLoss loss, ReferenceCase arguments) => Run(loss, loss.Method, arguments, []);

    public LossResults Gradient(DeclaredLoss loss, ReferenceCase arguments, params double[] upstream) => Run(loss, loss.Gradient, arguments, upstream);

    private static LossResults Run(DeclaredLoss loss, MethodInfo method, ReferenceCase arguments, double[] upstream)
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
        ILookup<bool, KeyValuePair<string, double[]>> byKind = written.Where(w => w.Key != loss.Result?.Name).ToLookup(w => CaseArguments.IsGradient(w.Key, arguments));
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
            return Span(outputs[name] = Elements(CaseArguments.NaN(CaseArguments.Length(name, loss, arguments)), element));

            Expression Span(Array array) => Expression.Convert(Expression.Constant(array), parameter.ParameterType);
        }
    }

    private static object? Scalar(ParameterInfo parameter, ReferenceCase arguments, double[] upstream) =>
        parameter.Name != "upstream" ? CaseArguments.Scalar(parameter, arguments)
        : upstream.Length == 0 ? parameter.DefaultValue : Convert.ChangeType(upstream.Single(), parameter.ParameterType);

    private static Array Elements(double[] values, Type element)
    {
        Array array = Array.CreateInstance(element, values.Length);
        for (int i = 0; i < values.Length; i++) array.SetValue(Convert.ChangeType(values[i], element), i);
        return array;
    }
}
