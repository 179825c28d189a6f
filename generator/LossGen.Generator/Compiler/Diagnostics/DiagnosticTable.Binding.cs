namespace LossGen.Compiler.Diagnostics;

/// <content>LOSS02xx: names, axes, sizes and calls.</content>
internal static partial class DiagnosticTable
{
    /// <summary>{0} name; {1} " (did you mean 'sigma'?)" or "; declare it as a parameter or bind it before".</summary>
    public static readonly DiagnosticRow UnknownName = Error(
        "LOSS0201", "Unknown name",
        "'{0}' is no parameter, binding or axis of this formula{1}.");

    /// <summary>{0} name; {1} " (did you mean 'sigmoid'?)" or "; define it before: f(x) = …".</summary>
    public static readonly DiagnosticRow UnknownFunction = Error(
        "LOSS0202", "Unknown function",
        "'{0}' is no built-in function, no function of this formula, and no method with [Loss] in scope{1}.");

    /// <summary>{0} what was applied; {1} axis; {2} "the axes n, c" or "no axes".</summary>
    public static readonly DiagnosticRow AxisNotInOperand = Error(
        "LOSS0203", "Axis is not in the operand",
        "'{0}' works along axis '{1}', but its operand has {2}; name one of those instead.");

    /// <summary>{0} name; {1} the loss; {2} "n, c" or "none"; {3} did-you-mean, how to declare one, or empty.</summary>
    public static readonly DiagnosticRow UnknownAxis = Error(
        "LOSS0204", "Unknown axis",
        "'{0}' is no axis of '{1}'; its axes are {2}{3}.");

    /// <summary>{0} axis.</summary>
    public static readonly DiagnosticRow UnsolvableSize = Error(
        "LOSS0205", "Axis size cannot be solved",
        "The size of axis '{0}' cannot be computed from the lengths of the spans; add a parameter 'int {0}', or fix the size "
        + "in [Axes]: \"{0} = 4\".");

    /// <summary>{0} value; {1} "the 2 axes n, c"; {2} "one axis".</summary>
    public static readonly DiagnosticRow RankMismatch = Error(
        "LOSS0206", "Number of axes does not fit",
        "'{0}' has {1}, but {2} was expected; declare the axes it really has with [Axes].");

    /// <summary>{0} name; {1} "2 arguments (real, integer)"; {2} the candidates.</summary>
    public static readonly DiagnosticRow AmbiguousLossCall = Error(
        "LOSS0207", "Loss call is ambiguous",
        "'{0}' with {1} fits several losses: {2}; qualify the name, or make the arguments differ in number or kind.");

    /// <summary>{0} name; {1} "2 arguments"; {2} "one argument"; {3} signature.</summary>
    public static readonly DiagnosticRow WrongArgumentCount = Error(
        "LOSS0208", "Wrong number of arguments",
        "'{0}' was given {1}, but it takes {2}; write it as \"{3}\".");

    /// <summary>{0} loss; {1} the chain: A -&gt; B -&gt; A.</summary>
    public static readonly DiagnosticRow RecursiveLoss = Error(
        "LOSS0209", "Loss calls itself",
        "'{0}' ends up calling itself ({1}), but calls are expanded where they stand; remove the call that closes the circle.");

    /// <summary>{0} function.</summary>
    public static readonly DiagnosticRow RecursiveFunction = Error(
        "LOSS0210", "Function calls itself",
        "Function '{0}' is called inside its own definition, but functions are expanded where they are called; use 'scan' for "
        + "a recurrence, or define it without itself.");

    /// <summary>{0} the expression's text; {1} "real" or "a truth value"; {2} "as an index".</summary>
    public static readonly DiagnosticRow IntegerIndexExpected = Error(
        "LOSS0211", "Integer expected",
        "'{0}' is {1}, but an integer was expected {2}; use an integer parameter, an axis, or 'div' and 'mod' instead of '/'.");

    /// <summary>{0} the expression's text; {1} "an integer" or "real"; {2} "as a condition".</summary>
    public static readonly DiagnosticRow TruthExpected = Error(
        "LOSS0212", "Truth value expected",
        "'{0}' is {1}, but a truth value was expected {2}; write \"{0} != 0\".");

    /// <summary>{0} the expression's text; {1} what it is; {2} where; {3} what to write instead.</summary>
    public static readonly DiagnosticRow RealExpected = Error(
        "LOSS0213", "Number expected",
        "'{0}' is {1}, but a number was expected {2}; {3}.");

    /// <summary>{0} "axis c" or "the axes n, c"; {1} method; {2} the result's text or a short form of it.</summary>
    public static readonly DiagnosticRow ResultHasAxes = Error(
        "LOSS0214", "Result has axes left",
        "The result still has {0}, but '{1}' returns one number; reduce it: \"mean({2})\" or \"sum({2})\".");

    /// <summary>{0} the axes it has; {1} result parameter; {2} the axes declared.</summary>
    public static readonly DiagnosticRow ResultAxesMismatch = Error(
        "LOSS0215", "Result axes differ from the declaration",
        "The formula's result has {0}, but '{1}' is declared with {2}; reduce the axes that are too many, or correct [Axes].");

    /// <summary>{0} axis; {1} the condition; {2} result parameter.</summary>
    public static readonly DiagnosticRow ResultNotCovered = Error(
        "LOSS0216", "Result does not cover its span",
        "Along axis '{0}' the result is defined only {1}, but '{2}' has all positions; give the missing positions a value "
        + "with '?:', or reduce over '{0}'.");

    /// <summary>{0} name; {1} "a parameter", "a binding", "a function", "an axis".</summary>
    public static readonly DiagnosticRow NameAlreadyUsed = Error(
        "LOSS0217", "Name is used twice",
        "'{0}' is already {1}, and a name means one thing in a formula; choose another name.");

    /// <summary>{0} name; {1} "a reserved word" or "a built-in function"; {2} "a function", "an axis", ….</summary>
    public static readonly DiagnosticRow ReservedName = Error(
        "LOSS0218", "Name is reserved",
        "'{0}' is {1}, so it cannot name {2}; choose another name.");

    /// <summary>{0} callee.</summary>
    public static readonly DiagnosticRow CalleeInvalid = Error(
        "LOSS0219", "Called loss has errors",
        "'{0}' cannot be expanded here because its own declaration has errors; correct those first.");

    /// <summary>{0} parameter; {1} callee; {2} the axes given; {3} the axes expected; {4} suggested mapping, e.g. n: b.</summary>
    public static readonly DiagnosticRow CalleeAxesMismatch = Error(
        "LOSS0220", "Axes do not fit the called loss",
        "Argument '{0}' of '{1}' has {2}, but should have {3}; reduce or rename axes, or say which is which: "
        + "\"{1}[{4}](…)\".");

    /// <summary>{0} part.</summary>
    public static readonly DiagnosticRow OutPartNotBound = Error(
        "LOSS0221", "Part is not bound",
        "The 'out' parameter '{0}' has no binding of its name in the formula; add a statement \"{0} = …;\".");

    /// <summary>{0} part; {1} its axes.</summary>
    public static readonly DiagnosticRow OutPartHasAxes = Error(
        "LOSS0222", "Part has axes",
        "Part '{0}' has {1}, but an 'out' parameter receives one number; reduce it: \"{0} = mean(…)\".");

    /// <summary>{0} the feature with its verb: "Shifts such as w + 1 are"; {1} what to write instead.</summary>
    public static readonly DiagnosticRow NotSupportedYet = Error(
        "LOSS0223", "Not supported yet",
        "{0} not supported yet; {1}.");

    /// <summary>{0} axis.</summary>
    public static readonly DiagnosticRow AxisAsPosition = Warning(
        "LOSS0224", "Axis is used as a position",
        "'{0}' is the position along axis '{0}' here, and nothing else in the expression has that axis; if its length is "
        + "meant, write \"size({0})\".");

    /// <summary>{0} name; {1} "a function" or "an out parameter"; {2} what to write instead.</summary>
    public static readonly DiagnosticRow NameNotAValue = Error(
        "LOSS0225", "Name is not a value",
        "'{0}' is {1} and has no value of its own; {2}.");

    /// <summary>{0} function; {1} the bracket as written.</summary>
    public static readonly DiagnosticRow NotAnAxisFunction = Error(
        "LOSS0226", "Function takes no axes",
        "'{0}' works element by element and takes no axes in brackets; remove \"{1}\".");

    /// <summary>{0} function; {1} suggested axis.</summary>
    public static readonly DiagnosticRow AxisRequired = Error(
        "LOSS0227", "Function needs an axis",
        "'{0}' needs to know along which axis it works; write \"{0}[{1}](…)\".");

    /// <summary>{0} function.</summary>
    public static readonly DiagnosticRow LambdaNotExpected = Error(
        "LOSS0228", "Lambda outside a scan",
        "'=>' belongs to the second argument of 'scan', but it stands in a call of '{0}'; write the expression itself.");

    /// <summary>{0} function or loss; {1} "more than 60000 operations".</summary>
    public static readonly DiagnosticRow ExpandedTooLarge = Error(
        "LOSS0229", "Formula grows too large",
        "Expanding '{0}' makes the formula too large, with {1}; bind repeated parts to names, or call fewer losses.");

    /// <summary>{0} axis; {1} the bracket as written.</summary>
    public static readonly DiagnosticRow AxisUsedTwice = Error(
        "LOSS0230", "Axis stands twice in a list",
        "Axis '{0}' stands twice in \"{1}\"; name each axis once.");

    /// <summary>{0} axis; {1} function.</summary>
    public static readonly DiagnosticRow ReversedAxisNotAllowed = Error(
        "LOSS0231", "Reversed axis has no meaning",
        "'-{0}' means from the end, which only 'scan' and the cumulative functions know, not '{1}'; write \"{0}\".");

    /// <summary>{0} axis; {1} the size's text; {2} "has axis n" or "is read from data".</summary>
    public static readonly DiagnosticRow LocalAxisSize = Error(
        "LOSS0232", "Axis size is not the same everywhere",
        "The size of axis '{0}' must be known before anything is computed, but \"{1}\" {2}; use sizes, int parameters and numbers.");

    /// <summary>{0} axis.</summary>
    public static readonly DiagnosticRow ScanForm = Error(
        "LOSS0240", "Scan needs a first value and a next one",
        "'scan' takes the value at its start and, after '=>', the next one made of the value before; write \"scan[{0}](first, prev => next)\".");

    /// <summary>{0} first values; {1} names before '=>'; {2} next values; {3} names of the states.</summary>
    public static readonly DiagnosticRow ScanStatesMismatch = Error(
        "LOSS0241", "Numbers of states differ",
        "A scan needs equally many first values, names before '=>', next values and names for its states, but here are {0}, {1}, {2} and {3}; "
        + "write \"(a, b) = scan[t]((a0, b0), (pa, pb) => (na, nb));\".");

    /// <summary>{0} state; {1} axis.</summary>
    public static readonly DiagnosticRow ScanAxisGrows = Error(
        "LOSS0242", "State gains an axis",
        "The next value of '{0}' has axis {1}, which its first value lacks; reduce over {1}, or give the first value that axis too.");

    /// <summary>{0} function; {1} the bracket as written.</summary>
    public static readonly DiagnosticRow OneAxisExpected = Error(
        "LOSS0243", "Function works along one axis",
        "'{0}' works along one axis, not \"{1}\"; name that axis alone, with a minus to go from the end.");

    /// <summary>{0} function; {1} axis.</summary>
    public static readonly DiagnosticRow ScanInItself = Error(
        "LOSS0244", "Recurrence along the axis of the one around it",
        "'{0}' runs along axis {1} and uses the value before of a scan along {1} around it; "
        + "give it an axis of its own, or bind it before the scan.");

    private static DiagnosticRow[] BindingRows =>
    [
        UnknownName, UnknownFunction, AxisNotInOperand, UnknownAxis, UnsolvableSize, RankMismatch, AmbiguousLossCall,
        WrongArgumentCount, RecursiveLoss, RecursiveFunction, IntegerIndexExpected, TruthExpected, RealExpected,
        ResultHasAxes, ResultAxesMismatch, ResultNotCovered, NameAlreadyUsed, ReservedName, CalleeInvalid,
        CalleeAxesMismatch, OutPartNotBound, OutPartHasAxes, NotSupportedYet, AxisAsPosition, NameNotAValue,
        NotAnAxisFunction, AxisRequired, LambdaNotExpected, ExpandedTooLarge, AxisUsedTwice, ReversedAxisNotAllowed,
        LocalAxisSize,
        ScanForm, ScanStatesMismatch, ScanAxisGrows, OneAxisExpected, ScanInItself,
    ];
}
