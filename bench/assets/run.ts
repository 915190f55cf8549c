import './holdOut.ts'
import './pushes.ts'
