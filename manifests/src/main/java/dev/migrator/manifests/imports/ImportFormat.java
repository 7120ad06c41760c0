package dev.migrator.manifests.imports;

import java.util.function.Supplier;

/** Tools whose published formats can be read. */
public enum ImportFormat {
    /** Resources of {@code kafka.jikkou.io/v1beta2}. */
    JIKKOU("jikkou", "Jikkou", JikkouFormat::new),
    /** Topology descriptors of JulieOps. */
    JULIE("julie", "JulieOps", JulieFormat::new),
    /** Desired state files of kafka-gitops. */
    KAFKA_GITOPS("kafka-gitops", "kafka-gitops", GitopsFormat::new),
    /** Custom resources {@code KafkaTopic} and {@code KafkaUser} of {@code kafka.strimzi.io}. */
    STRIMZI("strimzi", "Strimzi", StrimziFormat::new),
    /** What {@code terraform show -json} prints, with the providers Mongey/kafka and confluentinc/confluent. */
    TERRAFORM_JSON("terraform-json", "Terraform", TerraformFormat::new);

    private final String word;
    private final String title;
    private final Supplier<Format> format;

    ImportFormat(String word, String title, Supplier<Format> format) {
        this.word = word;
        this.title = title;
        this.format = format;
    }

    /** As on the command line. */
    public String word() {
        return word;
    }

    /** As its makers call it. */
    public String title() {
        return title;
    }

    /** A new one: it may remember what it has read. */
    Format open() {
        return format.get();
    }
}
