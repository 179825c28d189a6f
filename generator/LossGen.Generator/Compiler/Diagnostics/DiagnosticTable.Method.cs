namespace LossGen.Compiler.Diagnostics;

/// <content>LOSS00xx: the method that declares the loss.</content>
internal static partial class DiagnosticTable
{
    /// <summary>{0} method.</summary>
    public static readonly DiagnosticRow MethodNotPartial = Error(
        "LOSS0001", "Method is not partial",
        "'{0}' has a [Loss] formula but is not partial, so its body cannot be generated; add 'partial' before the return type "
        + "and end the declaration with ';'.");

    /// <summary>{0} method.</summary>
    public static readonly DiagnosticRow MissingAccessModifier = Error(
        "LOSS0002", "Access modifier missing",
        "'{0}' has no access modifier, and without one C# lets a partial method go unimplemented; write 'public', 'internal' "
        + "or 'private' explicitly.");

    /// <summary>{0} type; {1} method.</summary>
    public static readonly DiagnosticRow ContainingTypeNotPartial = Error(
        "LOSS0003", "Containing type is not partial",
        "Type '{0}' around '{1}' is not partial, so nothing can be added to it; add 'partial' to its declaration.");

    /// <summary>{0} method; {1} its return type.</summary>
    public static readonly DiagnosticRow UnsupportedReturnType = Error(
        "LOSS0004", "Return type is not supported",
        "'{0}' returns '{1}'; a loss returns 'float' or 'double', or 'void' together with one 'Span<float>' or 'Span<double>' "
        + "parameter that receives a loss per sample.");

    /// <summary>{0} parameter; {1} its type.</summary>
    public static readonly DiagnosticRow UnsupportedParameterType = Error(
        "LOSS0005", "Parameter type is not supported",
        "Parameter '{0}' is of type '{1}', which a formula cannot read; use 'ReadOnlySpan<T>' or 'ReadOnlyTensorSpan<T>' of "
        + "float, double, Half, byte, int, long or bool, or a float, double, int, long or bool.");

    /// <summary>{0} parameter; {1} its type.</summary>
    public static readonly DiagnosticRow AxesOnScalar = Error(
        "LOSS0006", "[Axes] on a scalar",
        "Parameter '{0}' is a '{1}' and has no axes; remove [Axes], or make it a 'ReadOnlySpan<{1}>'.");

    /// <summary>{0} method; {1} first result; {2} second result.</summary>
    public static readonly DiagnosticRow TwoResults = Error(
        "LOSS0007", "Two results",
        "'{0}' has two result spans, '{1}' and '{2}', but a loss has one; keep one, and return the other as an 'out' part or "
        + "declare it as a loss of its own.");

    /// <summary>{0} parameter; {1} modifier.</summary>
    public static readonly DiagnosticRow ByRefParameter = Error(
        "LOSS0008", "Parameter is passed by reference",
        "Parameter '{0}' is passed by '{1}', but a formula reads values; remove '{1}', or use 'out' for a part of the loss.");

    /// <summary>{0} method.</summary>
    public static readonly DiagnosticRow GenericMethod = Error(
        "LOSS0009", "Method is generic",
        "'{0}' is generic, but a kernel is written for one element type; write one overload for each type instead.");

    /// <summary>{0} method.</summary>
    public static readonly DiagnosticRow AsyncMethod = Error(
        "LOSS0010", "Method is async",
        "'{0}' is async, but a loss is computed at once; remove 'async' and call it from an asynchronous method instead.");

    /// <summary>{0} type; {1} method.</summary>
    public static readonly DiagnosticRow FileLocalType = Error(
        "LOSS0011", "Type is file-local",
        "Type '{0}' around '{1}' is file-local, so a generated file cannot extend it; make it 'internal' or 'private' instead "
        + "of 'file'.");

    /// <summary>{0} parameter.</summary>
    public static readonly DiagnosticRow ParamsParameter = Error(
        "LOSS0012", "params parameter",
        "Parameter '{0}' is declared 'params', but a tensor is passed as one span; remove 'params'.");

    /// <summary>{0} method; {1} program property; {2} suggested name.</summary>
    public static readonly DiagnosticRow DuplicateProgramName = Error(
        "LOSS0013", "Two programs of one name",
        "Two overloads of '{0}' would both generate the property '{1}'; name the second one: [Loss(formula, Program = "
        + "\"{2}\")].");

    /// <summary>{0} method.</summary>
    public static readonly DiagnosticRow NoConstantFormula = Error(
        "LOSS0014", "Formula is not a constant",
        "The formula of '{0}' is not a constant text; pass a string literal or a 'const string' to [Loss].");

    /// <summary>{0} the text; {1} what is wrong with it.</summary>
    public static readonly DiagnosticRow InvalidAxesText = Error(
        "LOSS0015", "[Axes] text is not understood",
        "The axes \"{0}\" are not understood: {1}; write names separated by commas, each with an optional size, as in \"n, k "
        + "= 4\" or \"k = c, c\".");

    /// <summary>{0} axis; {1} the text; {2} suggested text.</summary>
    public static readonly DiagnosticRow RepeatedAxis = Error(
        "LOSS0016", "Axis named twice",
        "Axis '{0}' stands twice in \"{1}\", but the axes of one tensor have names of their own; if both have the same size, "
        + "write \"{2}\".");

    /// <summary>{0} method; {1} count; {2} limit.</summary>
    public static readonly DiagnosticRow TooManyTensors = Error(
        "LOSS0017", "Too many tensors",
        "'{0}' needs {1} tensors, gradients included, but a kernel takes at most {2}; pack related tensors into one with an "
        + "axis more, or split the loss.");

    /// <summary>{0} method.</summary>
    public static readonly DiagnosticRow ResultMissing = Error(
        "LOSS0018", "No result",
        "'{0}' returns 'void' and has no 'Span<float>' or 'Span<double>' parameter, so its value would go nowhere; return "
        + "'float' or 'double', or add a result span with its [Axes].");

    /// <summary>{0} method; {1} return type; {2} result parameter.</summary>
    public static readonly DiagnosticRow ResultWithReturnValue = Error(
        "LOSS0019", "Both a result span and a return value",
        "'{0}' returns '{1}' and also has the result span '{2}', but a loss has one result; return 'void', or remove '{2}'.");

    /// <summary>{0} part; {1} its type; {2} real type.</summary>
    public static readonly DiagnosticRow PartTypeMismatch = Error(
        "LOSS0020", "Part is of another type than the loss",
        "Part '{0}' is an 'out {1}', but the loss is computed in '{2}'; declare it 'out {2}'.");

    /// <summary>{0} method; {1} generated member; {2} type.</summary>
    public static readonly DiagnosticRow GeneratedNameTaken = Error(
        "LOSS0022", "Generated member's name is taken",
        "'{0}' needs the name '{1}' for a generated member, but '{2}' already has a member of that name; rename that member.");

    /// <summary>{0} method.</summary>
    public static readonly DiagnosticRow MethodHasBody = Error(
        "LOSS0023", "Method already has a body",
        "'{0}' already has a body, so there is nothing to generate; remove the body, or remove [Loss].");

    /// <summary>{0} method; {1} the member that is left out.</summary>
    public static readonly DiagnosticRow SameGpuParameters = Warning(
        "LOSS0024", "Overload for devices is left out",
        "'{0}' gets no '{1}' with GpuBuffer parameters, because another overload's has the same ones; give this loss a name of its own, "
        + "or run it by its program.");

    private static DiagnosticRow[] MethodRows =>
    [
        MethodNotPartial, MissingAccessModifier, ContainingTypeNotPartial, UnsupportedReturnType,
        UnsupportedParameterType, AxesOnScalar, TwoResults, ByRefParameter, GenericMethod, AsyncMethod, FileLocalType,
        ParamsParameter, DuplicateProgramName, NoConstantFormula, InvalidAxesText, RepeatedAxis, TooManyTensors,
        ResultMissing, ResultWithReturnValue, PartTypeMismatch, GeneratedNameTaken, MethodHasBody, SameGpuParameters,
    ];
}
