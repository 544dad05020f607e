/// Says whose time may have come, without a look at all the others (Varghese, Lauck 1987, scheme 4). Each key stands in the slot of
/// one tick, at most. Putting, moving and removing one costs a few instructions; a tick costs what is due.
///
/// Keys are small numbers: memory for all below the largest is kept.
package struct TimerWheel {
    /// What is due later than that is due too early, and put again by whoever looks.
    package static let slotCount = 512

    private struct Place {
        /// Negative where the key stands nowhere.
        var slot: Int32 = -1
        var index: Int32 = 0
    }

    /// Ticks that have passed.
    package private(set) var tick = 0
    private var slots = [[Int32]](repeating: [], count: slotCount)
    private var places: [Place] = []

    package init() {}

    /// Makes the key due at a tick to come; where it is due before, it stays so.
    package mutating func put(_ key: Int, at wanted: Int) {
        let distance = max(1, min(Self.slotCount - 1, wanted - tick))
        while places.count <= key { places.append(Place()) }
        let old = places[key].slot
        if old >= 0 {
            guard self.distance(to: old) > distance else { return }
            remove(key)
        }
        let slot = (tick + distance) % Self.slotCount
        places[key] = Place(slot: Int32(slot), index: Int32(slots[slot].count))
        slots[slot].append(Int32(key))
    }

    package mutating func remove(_ key: Int) {
        guard key < places.count, places[key].slot >= 0 else { return }
        let (slot, index) = (Int(places[key].slot), Int(places[key].index))
        places[key].slot = -1
        let last = slots[slot].removeLast()
        guard index < slots[slot].count else { return }
        slots[slot][index] = last
        places[Int(last)].index = Int32(index)
    }

    /// Lets a tick pass.
    ///
    /// - Returns: what is due, which stands nowhere any more.
    package mutating func advance() -> [Int32] {
        tick += 1
        let slot = tick % Self.slotCount
        let due = slots[slot]
        guard !due.isEmpty else { return due }
        slots[slot] = []
        for key in due { places[Int(key)].slot = -1 }
        return due
    }

    /// From 1 to the number of slots less one: the slot of this tick is empty.
    private func distance(to slot: Int32) -> Int {
        let distance = Int(slot) - tick % Self.slotCount
        return distance > 0 ? distance : distance + Self.slotCount
    }
}
