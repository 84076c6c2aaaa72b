using System.Runtime.ExceptionServices;

namespace DeepCourse.Data;

/// <summary>
/// Worker threads that encode items ahead of one consumer. Positions are handed out in order and each has its slot, so
/// neither the number of workers nor their timing shows in the result.
/// </summary>
internal sealed class Prefetcher<TEncoded> : IDisposable
{
    private readonly Func<int, EncodedBatch<TEncoded>.Outcome> _encode;
    private readonly EncodedBatch<TEncoded>?[] _ring;
    private readonly Thread[] _workers;
    private readonly Lock _positionLock = new();
    private readonly object _gate = new();
    private readonly int _end;
    private readonly int _batchSize;
    private int _position;
    private int _consumed;
    private bool _stopped;
    private ExceptionDispatchInfo? _fault;

    /// <summary>Starts the workers.</summary>
    /// <param name="positions">Positions of the epoch to encode.</param>
    /// <param name="options">Batch size, workers and prefetch.</param>
    /// <param name="encode">Encodes the item at a position; turns the item's errors into outcomes.</param>
    public Prefetcher(Range positions, LoaderOptions options, Func<int, EncodedBatch<TEncoded>.Outcome> encode)
    {
        (_position, _end) = (positions.Start.Value, positions.End.Value);
        _batchSize = options.BatchSize;
        _consumed = _position / _batchSize;
        _encode = encode;
        _ring = new EncodedBatch<TEncoded>?[options.Prefetch];
        _workers = new Thread[Math.Min(options.Workers, _end - _position)];
        for (var index = 0; index < _workers.Length; index++)
        {
            _workers[index] = new Thread(Work) { IsBackground = true, Name = $"Loader worker {index}" };
            _workers[index].Start();
        }
    }

    /// <summary>Waits for the next batch; null when the workers were stopped.</summary>
    public List<TEncoded>? Next()
    {
        EncodedBatch<TEncoded>? batch;
        lock (_gate)
        {
            while (!_stopped && _ring[_consumed % _ring.Length] is not { Complete: true }) Monitor.Wait(_gate);
            _fault?.Throw();
            if (_stopped) return null;
            batch = _ring[_consumed % _ring.Length]!;
            _ring[_consumed % _ring.Length] = null;
            _consumed++;
            Monitor.PulseAll(_gate);
        }
        return batch.Take();
    }

    /// <summary>Tells the workers to end; does not wait for them.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the workers and waits until each has finished the item in its hands.</summary>
    public void Dispose()
    {
        Stop();
        foreach (var worker in _workers) worker.Join();
        foreach (var batch in _ring) batch?.Release();
    }

    private void Work()
    {
        try
        {
            while (Claim(out var position, out var batch))
            {
                var outcome = _encode(position);
                if (batch.Put(position % _batchSize, outcome)) Announce();
            }
        }
        catch (Exception exception)
        {
            // A thread's exception would end the process: hand it to the consumer.
            lock (_gate) _fault ??= ExceptionDispatchInfo.Capture(exception);
            Stop();
        }
    }

    private bool Claim(out int position, out EncodedBatch<TEncoded> batch)
    {
        batch = null!;
        lock (_positionLock)
        {
            position = _position;
            if (position >= _end) return false;
            _position++;
        }
        var index = position / _batchSize;
        lock (_gate)
        {
            while (!_stopped && index >= _consumed + _ring.Length) Monitor.Wait(_gate);
            if (_stopped) return false;
            batch = _ring[index % _ring.Length] ??= new(Math.Min(_batchSize, _end - index * _batchSize));
        }
        return true;
    }

    private void Announce()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }
}
