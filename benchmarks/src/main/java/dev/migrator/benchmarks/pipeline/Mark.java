package dev.migrator.benchmarks.pipeline;

/**
 * One thing that was said of a migration.
 *
 * @param what the record's type; with the kind of an answer, and the state of a status
 * @param at when it was published, milliseconds of the epoch
 */
record Mark(String topic, String what, long at) {
    /** Topic and type in few words. */
    String name() {
        return topic.substring(topic.indexOf('.') + 1) + " " + what;
    }
}
