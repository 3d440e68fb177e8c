namespace Dlcs.Write.Bodies;

/// <summary>What a body says of one field: nothing, <c>null</c>, or a value.</summary>
public readonly record struct Given<T> where T : notnull
{
    private readonly T? value;

    internal Given(T? value, bool hasValue) => (this.value, HasValue, IsNamed) = (value, hasValue, true);

    /// <summary>The field is there, perhaps with <c>null</c>.</summary>
    public bool IsNamed { get; }

    public bool HasValue { get; }

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => HasValue ? value! : throw new InvalidOperationException("the body says nothing of it");

    public static implicit operator Given<T>(T value) => new(value, hasValue: true);

    public T Or(T otherwise) => HasValue ? value! : otherwise;

    /// <summary>What stands after a change: not named stays as it was, <c>null</c> clears.</summary>
    public T Over(T current, T cleared) => IsNamed ? Or(cleared) : current;
}

public static class Given
{
    public static Given<T> Of<T>(T value) where T : notnull => new(value, hasValue: true);

    public static Given<T> Null<T>() where T : notnull => new(default, hasValue: false);
}
