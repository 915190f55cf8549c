import { EventEmitter } from 'node:events'
import { refuseUnknownMembers } from '../unavailable.ts'

type MenuItem = Readonly<Record<string, unknown>>

/** Electron's `Menu`, kept but never drawn: its items and accelerators do nothing. */
export class Menu extends EventEmitter {
  static #applicationMenu: Menu | null = null
  readonly items: MenuItem[] = []

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#applicationMenu = menu
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#applicationMenu
  }

  static buildFromTemplate(template: readonly MenuItem[]): Menu {
    const menu = new Menu()
    for (const item of template) menu.append(item)
    return menu
  }

  append(item: MenuItem): void {
    this.items.push(item)
  }

  getMenuItemById(id: string): MenuItem | null {
    return this.items.find((item) => item['id'] === id) ?? null
  }
}

refuseUnknownMembers(Menu, 'Menu')
