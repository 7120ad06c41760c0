/** What can go wrong around the services: proxies that are cut, processes that are killed, frozen and stopped. */
package dev.migrator.chaos.fault;
