using System.Buffers;

namespace Dlcs.Read.Images.Elastic;

/// <summary>Lines of a bulk request, and where each item's begin, so that single ones can be sent again.</summary>
internal sealed class BulkRequest : IBufferWriter<byte>
{
    private readonly ArrayBufferWriter<byte> lines = new(1 << 16);
    private readonly List<(string Id, int Start)> items = [];

    /// <summary>Where all of it goes.</summary>
    public string Index { get; private set; } = "";

    public int Bytes => lines.WrittenCount;

    public int Items => items.Count;

    public ReadOnlyMemory<byte> Lines => lines.WrittenMemory;

    public string Id(int item) => items[item].Id;

    /// <summary>Empty again, with the memory that it has.</summary>
    public void Clear(string index)
    {
        Index = index;
        lines.ResetWrittenCount();
        items.Clear();
    }

    /// <summary>What is written from here on is an item of its own.</summary>
    public void Begin(string id) => items.Add((id, Bytes));

    public void Write(ReadOnlySpan<byte> bytes) => lines.Write(bytes);

    /// <summary>Those items by themselves.</summary>
    public BulkRequest Only(IReadOnlyList<int> wanted)
    {
        var some = new BulkRequest { Index = Index };
        foreach (var item in wanted)
        {
            var end = item + 1 < items.Count ? items[item + 1].Start : Bytes;
            some.Begin(items[item].Id);
            some.Write(lines.WrittenSpan[items[item].Start..end]);
        }
        return some;
    }

    void IBufferWriter<byte>.Advance(int count) => lines.Advance(count);

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => lines.GetMemory(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => lines.GetSpan(sizeHint);
}
