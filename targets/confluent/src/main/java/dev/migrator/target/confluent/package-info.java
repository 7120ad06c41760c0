/**
 * Subjects of a registry that speaks the Confluent API: versions with references, and levels of compatibility.
 *
 * <p>What such a registry cannot do, and what follows:
 *
 * <ul>
 *   <li>It gives versions their numbers itself, the next one each time, deleted ones counted. So a version that would get
 *       another number is refused before it is written; what number it got is found out again afterwards, and one that got
 *       another one, as somebody was faster, is taken away again.
 *   <li>The same schema is registered once for a subject. Asked again, the registry answers with the version that is there.
 *   <li>A deleted version is kept until it is deleted for good, but does not come back: registered again, it gets a new number.
 *       Taking one out of use cannot be undone.
 *   <li>It has no calls for many entries and none that compare before they write: each entry is read immediately before.
 *   <li>Avro schemas are kept as a parser writes them. They are compared in one form, see {@link
 *       dev.migrator.core.kinds.AvroForm}.
 *   <li>A schema's id is one for all subjects and lives that have the same schema, so it tells two lives apart only where
 *       their schemas differ.
 * </ul>
 */
package dev.migrator.target.confluent;
