package dev.callbus.bus;

/** How far a message travels. */
public enum Reach {
    /** To consumers of this node only; nothing is looked up in the cluster. */
    NODE,
    /** To consumers of any node. */
    CLUSTER
}
