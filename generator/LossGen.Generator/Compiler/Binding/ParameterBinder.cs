using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <summary>Needs: a loss' parameters and their axes. Gives: the axes, tensors and scalars of the graph, and their names for the formula.</summary>
internal sealed class ParameterBinder(BindingContext context, DeclaredAxes declared, ProblemList problems)
{
    private readonly Graph _graph = context.Graph;
    private readonly ImmutableArray<TensorParameter>.Builder _tensors = ImmutableArray.CreateBuilder<TensorParameter>();
    private readonly ImmutableArray<ScalarParameter>.Builder _scalars = ImmutableArray.CreateBuilder<ScalarParameter>();
    private readonly ImmutableDictionary<string, ScopeEntry>.Builder _names = ImmutableDictionary.CreateBuilder<string, ScopeEntry>(StringComparer.Ordinal);

    public ImmutableArray<TensorParameter> Tensors => _tensors.ToImmutable();

    public ImmutableArray<ScalarParameter> Scalars => _scalars.ToImmutable();

    /// <summary>The span that receives the result; null when the method returns it.</summary>
    public TensorParameter? ResultSpan { get; private set; }

    public ImmutableDictionary<string, ScopeEntry> Names => _names.ToImmutable();

    private EquatableArray<ParameterSpec> Parameters => context.Spec.Signature.Parameters;

    /// <summary>False when the declaration itself is in error, so that the formula cannot be judged.</summary>
    public bool Bind()
    {
        foreach (ParameterSpec parameter in Parameters)
        {
            if (ReservedWords.Contains(parameter.Name))
            {
                problems.ReportParameter(DiagnosticTable.ReservedName, parameter.Name, parameter.Name, "a reserved word", "a parameter");
            }
        }

        if (problems.All.Any(p => p.Target != ProblemTarget.Formula)) return false;
        Dictionary<string, Axis> axes = CreateAxes();
        for (int i = 0; i < Parameters.Count; i++)
        {
            ParameterSpec parameter = Parameters[i];
            if (parameter.OtherDeclaration is not null) _names[parameter.Name] = new ValueEntry("a parameter", null);
            else if (parameter.IsTensor) AddTensor(i, parameter, axes);
            else if (parameter.Role == ParameterRole.Scalar) AddScalar(i, parameter);
            else if (parameter.Role == ParameterRole.Part) _names[parameter.Name] = new PartEntry();
            else if (parameter.Role == ParameterRole.Result) AddResult(i, parameter, axes);
        }

        return true;
    }

    /// <summary>Hints at parameters that the formula never reads; what is differentiated has messages of its own.</summary>
    public void ReportUnused(ImmutableArray<DifferentiatedParameter> differentiated)
    {
        foreach (ParameterSpec parameter in Parameters)
        {
            if (_names.TryGetValue(parameter.Name, out ScopeEntry? entry) && entry is ValueEntry { IsUsed: false }
                && differentiated.All(d => d.Name != parameter.Name))
            {
                problems.ReportParameter(DiagnosticTable.UnusedParameter, parameter.Name, parameter.Name);
            }
        }
    }

    private Dictionary<string, Axis> CreateAxes()
    {
        var axes = new Dictionary<string, Axis>(StringComparer.Ordinal);
        foreach (DeclaredAxis axis in declared.Axes)
        {
            axes.Add(axis.Name, _graph.NewAxis(axis.Name, axis.FixedSize is { } size ? AffineForm.Of(size) : null));
            bool hasSizeParameter = Parameters.Any(p => p.Name == axis.Name && declared.IsSize(p));
            _names.Add(axis.Name, new AxisEntry(ImmutableArray.Create(axes[axis.Name]), hasSizeParameter: hasSizeParameter));
        }

        foreach (DeclaredAxis axis in declared.Axes)
        {
            if (axis.SizeOf is { } other) axes[axis.Name].FixSize(axes[other].Size);
        }

        foreach (string name in Parameters.Where(p => p.Role == ParameterRole.StridedTensor).SelectMany(p => declared.OfParameter(p)))
        {
            axes[name].IsLong = true;
            if (declared.Axes.First(a => a.Name == name).SizeOf is { } other) axes[other].IsLong = true;
        }

        return axes;
    }

    private TensorParameter Span(int index, ParameterSpec parameter, Dictionary<string, Axis> axes) =>
        new(index, parameter.Name, parameter.Element, declared.OfParameter(parameter).Select(name => axes[name]).ToImmutableArray(), parameter.Role == ParameterRole.StridedTensor);

    private void AddResult(int index, ParameterSpec parameter, Dictionary<string, Axis> axes)
    {
        ResultSpan = Span(index, parameter, axes);
        _names[parameter.Name] = new ResultEntry();
    }

    private void AddTensor(int index, ParameterSpec parameter, Dictionary<string, Axis> axes)
    {
        TensorParameter tensor = Span(index, parameter, axes);
        _tensors.Add(tensor);
        _names[parameter.Name] = new ValueEntry("a parameter", _graph.Load(tensor));
    }

    private void AddScalar(int index, ParameterSpec parameter)
    {
        var scalar = new ScalarParameter(index, parameter.Name, parameter.Element);
        _scalars.Add(scalar);
        // In the formula, the name of an axis is the position along it, also where a parameter gives its size.
        if (!declared.IsSize(parameter)) _names[parameter.Name] = new ValueEntry("a parameter", _graph.Parameter(scalar));
    }
}
