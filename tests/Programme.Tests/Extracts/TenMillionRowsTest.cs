using System.Text;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

[Trait("Category", "Exhaustive")]
public sealed class TenMillionRowsTest
{
    [Fact]
    public async Task Ten_million_rows_are_read_in_bounded_memory_with_every_duplicate_found()
    {
        const int Rows = 10_000_000;
        using var csv = new RowsStream(Rows);
        var peak = 0L;
        var accepted = 0;
        var outcome = await ExtractReader.ReadAsync(csv, Reading.Small, new() { AsOf = Reading.AsOf }, (_, _) =>
        {
            if (++accepted % 500_000 == 0)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            }

            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        Assert.Equal(ExtractState.AcceptedWithRefusedRows, outcome.State);
        Assert.Equal((Rows, 10), (outcome.Rows, outcome.Refused));
        Assert.Equal(10, outcome.Counts["row.duplicate"]);
        Assert.InRange(peak, 0, 250L << 20);
    }

    /// <summary>Rows made as they are read; every millionth repeats the one before it.</summary>
    private sealed class RowsStream(int rows) : Stream
    {
        private byte[] chunk = Encoding.UTF8.GetBytes(Reading.Header);
        private int at;
        private int next = 1;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (at == chunk.Length && next <= rows)
            {
                var text = new StringBuilder();
                for (var end = Math.Min(rows, next + 999); next <= end; next++)
                {
                    var person = next % 1_000_000 == 0 ? next - 1 : next;
                    text.Append("Marlowe").Append(person).Append(",Edith,14/02/1999,12 Wharf Street,LE1 1AA,1,one\n");
                }

                (chunk, at) = (Encoding.UTF8.GetBytes(text.ToString()), 0);
            }

            var count = Math.Min(buffer.Length, chunk.Length - at);
            chunk.AsSpan(at, count).CopyTo(buffer);
            at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
