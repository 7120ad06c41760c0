package dev.migrator.executor.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/**
 * The lifecycle keeps little, in two stores for each of its partitions. With RocksDB's own settings each of them takes
 * megabytes before it holds anything, outside of the heap and its bound.
 */
public final class SmallStores implements RocksDBConfigSetter {
    private static final long WRITE_BUFFER_BYTES = 1 << 20;
    private static final long ARENA_BLOCK_BYTES = 64 << 10;
    private static final int WRITE_BUFFERS = 2;

    /** Of all stores together. */
    private static final long CACHE_BYTES = 8 << 20;

    private static final Cache CACHE = new LRUCache(CACHE_BYTES);

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        options.setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(WRITE_BUFFERS)
                .setArenaBlockSize(ARENA_BLOCK_BYTES);
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(CACHE);
            options.setTableFormatConfig(table);
        }
    }

    @Override
    public void close(String store, Options options) {
        // the cache is everybody's, and lives as long as the process
    }
}
