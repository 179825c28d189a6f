namespace LossGen.Compiler.Syntax;

/// <summary>A prefix operator.</summary>
internal enum UnaryOperator
{
    Negate,
    Not,
}

/// <summary>An infix operator.</summary>
internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
}

/// <summary>The operators as they are written.</summary>
internal static class Operators
{
    public static string Text(this UnaryOperator op) => op == UnaryOperator.Negate ? "-" : "!";

    public static string Text(this BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Power => "^",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.And => "&&",
        _ => "||",
    };

    public static bool IsComparison(this BinaryOperator op) => op is >= BinaryOperator.Less and <= BinaryOperator.NotEqual;

    public static bool IsLogical(this BinaryOperator op) => op is BinaryOperator.And or BinaryOperator.Or;
}
